package io.holdfast.response.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.codec.Codec;
import io.holdfast.codec.CodecException;
import io.holdfast.codec.CodecSource;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseFormatException;
import io.holdfast.response.ResponseText;
import io.holdfast.store.Cell;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps answers in Holdfast's own files as TEXT, the {@link ResponseText}: for people to read, and read several times
 * as fast as by Java serialisation. What UTF-8 cannot carry is serialised, and so are the rows of before.
 */
public final class ResponseColumn implements CodecSource {

  @Override
  @SuppressWarnings("unchecked") // the type was compared
  public <T> Optional<Codec<T>> codecOf(Class<T> type, Codec<T> serialization) {
    return type == CachedResponse.class
        ? Optional.of((Codec<T>) new Text((Codec<CachedResponse>) serialization))
        : Optional.empty();
  }

  private record Text(Codec<CachedResponse> serialization) implements Codec<CachedResponse> {

    @Override
    public String format() {
      return ResponseText.FORMAT;
    }

    @Override
    public Set<String> formerFormats() {
      return Set.of(serialization.format());
    }

    @Override
    public Cell encode(CachedResponse response) {
      String text;
      try {
        text = ResponseText.encode(response);
      } catch (ResponseFormatException e) {
        return serialization.encode(response); // a name of two lines
      }
      return UTF_8.newEncoder().canEncode(text)
          ? new Cell.Text(text)
          : serialization.encode(response); // half a surrogate pair
    }

    @Override
    public CachedResponse decode(Cell cell) {
      if (!(cell instanceof Cell.Text text)) {
        return serialization.decode(cell);
      }
      try {
        return ResponseText.decode(text.value());
      } catch (ResponseFormatException e) {
        throw new CodecException("The column does not hold a response", e);
      }
    }

    @Override
    public boolean isCurrent(Cell cell) {
      return cell instanceof Cell.Text || serialization.isCurrent(cell);
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
}
