package io.holdfast.codec;

import io.holdfast.store.Cell;

/** An enum by the name of its constant. Other constants are another format. */
final class EnumCodec<E extends Enum<E>> implements Codec<E> {
  private final Class<E> type;
  private final String format;

  EnumCodec(Class<E> type) {
    this.type = type;
    this.format = "enum:" + type.getName() + ":" + TypeShape.of(type).hash();
  }

  /** For a class that is only known to be an enum. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // the caller checked isEnum()
  static <T> Codec<T> ofUnknown(Class<T> type) {
    return (Codec<T>) new EnumCodec(type);
  }

  @Override
  public String format() {
    return format;
  }

  @Override
  public Cell encode(E object) {
    return new Cell.Text(object.name());
  }

  @Override
  public E decode(Cell cell) {
    try {
      return Enum.valueOf(type, SimpleCodec.textOf(cell));
    } catch (IllegalArgumentException e) {
      throw new CodecException("The text names no constant of " + type.getName());
    }
  }

  @Override
  public boolean isCanonical() {
    return true;
  }

  @Override
  public boolean isImmutable() {
    return true;
  }
}
