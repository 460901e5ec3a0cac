package io.holdfast.codec;

import io.holdfast.store.Cell;
import java.util.function.Function;

/**
 * The codec of a type whose objects have one readable spelling: an SQLite value, and a text for use
 * inside {@link AnyCodec}. Always canonical and immutable.
 */
final class SimpleCodec<T> implements Codec<T> {
  private final String format;
  private final Class<T> type;
  private final Function<T, Cell> toCell;
  private final Function<Cell, T> fromCell;
  private final Function<T, String> toText;
  private final Function<String, T> fromText;

  private SimpleCodec(
      String format,
      Class<T> type,
      Function<T, Cell> toCell,
      Function<Cell, T> fromCell,
      Function<T, String> toText,
      Function<String, T> fromText) {
    this.format = format;
    this.type = type;
    this.toCell = toCell;
    this.fromCell = fromCell;
    this.toText = toText;
    this.fromText = fromText;
  }

  /** A type kept as TEXT. */
  static <T> SimpleCodec<T> text(
      String format, Class<T> type, Function<T, String> toText, Function<String, T> fromText) {
    return new SimpleCodec<>(
        format,
        type,
        object -> new Cell.Text(toText.apply(object)),
        cell -> fromText.apply(textOf(cell)),
        toText,
        fromText);
  }

  /** A type kept as INTEGER. */
  static <T> SimpleCodec<T> whole(
      String format,
      Class<T> type,
      Function<T, Long> toLong,
      Function<Long, T> fromLong,
      Function<T, String> toText,
      Function<String, T> fromText) {
    return new SimpleCodec<>(
        format,
        type,
        object -> new Cell.Whole(toLong.apply(object)),
        cell -> fromLong.apply(wholeOf(cell)),
        toText,
        fromText);
  }

  /** A type with a cell of its own making. */
  static <T> SimpleCodec<T> of(
      String format,
      Class<T> type,
      Function<T, Cell> toCell,
      Function<Cell, T> fromCell,
      Function<T, String> toText,
      Function<String, T> fromText) {
    return new SimpleCodec<>(format, type, toCell, fromCell, toText, fromText);
  }

  Class<T> type() {
    return type;
  }

  /** The spelling inside a text of several types; {@link #parse} reads it back. */
  String spell(T object) {
    return toText.apply(object);
  }

  T parse(String text) {
    try {
      return fromText.apply(text);
    } catch (RuntimeException e) {
      // The cause would quote the text.
      throw new CodecException("The text is not a " + format);
    }
  }

  @Override
  public String format() {
    return format;
  }

  @Override
  public Cell encode(T object) {
    try {
      return toCell.apply(object);
    } catch (RuntimeException e) {
      throw new CodecException("Could not write a " + type.getName() + " as " + format);
    }
  }

  @Override
  public T decode(Cell cell) {
    try {
      return fromCell.apply(cell);
    } catch (RuntimeException e) {
      throw new CodecException("The column does not hold a " + format);
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

  static String textOf(Cell cell) {
    if (cell instanceof Cell.Text text) {
      return text.value();
    }
    throw new CodecException("Expected TEXT, found " + cell.getClass().getSimpleName());
  }

  static long wholeOf(Cell cell) {
    if (cell instanceof Cell.Whole whole) {
      return whole.value();
    }
    throw new CodecException("Expected INTEGER, found " + cell.getClass().getSimpleName());
  }
}
