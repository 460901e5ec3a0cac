package io.holdfast.codec;

import io.holdfast.store.Cell;

/** Objects of one declared type by Java serialisation, as BLOB; the format names the type's shape. */
final class JavaCodec<T> implements Codec<T> {
  private final Class<T> type;
  private final ShapedStreams streams;
  private final boolean isImmutable;
  private final boolean hashVouchedFor;
  private final String format;

  JavaCodec(Class<T> type, JavaStreams streams, boolean isImmutable, boolean hashVouchedFor) {
    TypeShape shape = TypeShape.of(type);
    this.type = type;
    this.streams = new ShapedStreams(streams, shape);
    this.isImmutable = isImmutable;
    this.hashVouchedFor = hashVouchedFor;
    this.format = "java:" + type.getName() + ":" + shape.hash();
  }

  @Override
  public String format() {
    return format;
  }

  @Override
  public Cell encode(T object) {
    return new Cell.Blob(streams.write(object, 0));
  }

  @Override
  public T decode(Cell cell) {
    if (!(cell instanceof Cell.Blob blob)) {
      throw new CodecException("Expected BLOB, found " + cell.getClass().getSimpleName());
    }
    Object object = streams.read(blob.value(), 0);
    if (!type.isInstance(object)) {
      throw new CodecException(
          "The column holds a " + object.getClass().getName() + ", not a " + type.getName());
    }
    return type.cast(object);
  }

  @Override
  public boolean isCurrent(Cell cell) {
    return !(cell instanceof Cell.Blob blob) || streams.isCurrent(blob.value(), 0);
  }

  @Override
  public boolean isCanonical() {
    return false;
  }

  @Override
  public boolean isImmutable() {
    return isImmutable;
  }

  @Override
  public int stableHash(T object) {
    return hashVouchedFor ? object.hashCode() : StableHash.of(object);
  }
}
