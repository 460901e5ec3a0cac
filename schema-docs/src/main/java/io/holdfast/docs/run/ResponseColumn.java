package io.holdfast.docs.run;

import io.holdfast.codec.Codec;
import io.holdfast.codec.CodecException;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseFormatException;
import io.holdfast.response.ResponseText;
import io.holdfast.store.Cell;

/** Keeps responses as TEXT in the file, for everybody to read. */
enum ResponseColumn implements Codec<CachedResponse> {
  INSTANCE;

  @Override
  public String format() {
    return ResponseText.FORMAT;
  }

  @Override
  public Cell encode(CachedResponse response) {
    return new Cell.Text(ResponseText.encode(response));
  }

  @Override
  public CachedResponse decode(Cell cell) {
    if (!(cell instanceof Cell.Text text)) {
      throw new CodecException("a response is kept as text");
    }
    try {
      return ResponseText.decode(text.value());
    } catch (ResponseFormatException e) {
      throw new CodecException("a column does not hold a response", e);
    }
  }

  @Override
  public boolean isCanonical() {
    return false;
  }

  @Override
  public boolean isImmutable() {
    return true;
  }
}
