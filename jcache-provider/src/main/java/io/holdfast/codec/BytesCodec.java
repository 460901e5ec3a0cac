package io.holdfast.codec;

import io.holdfast.store.Cell;

/** {@code byte[]} as BLOB, copied both ways because arrays can change. */
final class BytesCodec implements Codec<byte[]> {

  @Override
  public String format() {
    return "bytes";
  }

  @Override
  public Cell encode(byte[] object) {
    return new Cell.Blob(object.clone());
  }

  @Override
  public byte[] decode(Cell cell) {
    if (cell instanceof Cell.Blob blob) {
      return blob.value().clone();
    }
    throw new CodecException("Expected BLOB, found " + cell.getClass().getSimpleName());
  }

  @Override
  public boolean isCanonical() {
    return true;
  }

  @Override
  public boolean isImmutable() {
    return false;
  }
}
