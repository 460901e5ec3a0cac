package io.holdfast.codec;

import io.holdfast.store.Cell;
import java.util.Set;

/**
 * Turns objects of one type into a column of the cache file and back. Implementations are safe from
 * any thread and have no state that a row would depend on.
 *
 * @param <T> the Java type
 */
public interface Codec<T> {

  /**
   * Names the format of the rows, shape of the type included, such as {@code text}, {@code integer},
   * {@code uuid} or {@code java:com.acme.Order:1f0c9a…}. Rows written under another name are not
   * readable with this codec, so their cache starts empty.
   */
  String format();

  /**
   * Other formats whose rows this codec reads too: those of a cache stay as they are, and what is written from now on has
   * this one. An earlier version of the codec that does not know this one starts with the cache empty.
   */
  default Set<String> formerFormats() {
    return Set.of();
  }

  /**
   * Returns the column for this object.
   *
   * @throws CodecException if the object cannot be written
   */
  Cell encode(T object);

  /**
   * Returns the object that a column holds, a new one unless the type is immutable.
   *
   * @throws CodecException if the column does not hold such an object, or holds a class that is not
   *     on the allow-list
   */
  T decode(Cell cell);

  /**
   * Whether this cell can still be read: false if it was written when a class in it had another shape,
   * or if such a class is gone. Cheap; false only where {@link #decode} throws {@link
   * OutdatedCellException}.
   */
  default boolean isCurrent(Cell cell) {
    return true;
  }

  /** Whether equal objects have equal cells: true makes a key column searchable in SQL. */
  boolean isCanonical();

  /**
   * Whether this one cell is the identity of the object it came from. Differs from {@link
   * #isCanonical()} only in a codec for several types, some of which have canonical cells.
   *
   * @param cell a cell made by {@link #encode}
   */
  default boolean isCanonical(Cell cell) {
    return isCanonical();
  }

  /**
   * Returns a hash that equal objects share and that is the same in every JVM, for objects whose cell
   * is not their identity.
   *
   * @throws CodecException if the object's class promises no such hash
   */
  default int stableHash(T object) {
    return StableHash.of(object);
  }

  /** Whether objects cannot change, so that the heap may hand out the same instance to everybody. */
  boolean isImmutable();

  /**
   * Whether this one object cannot change. Differs from {@link #isImmutable()} only in a codec for
   * several types, some of which are immutable.
   */
  default boolean isImmutable(T object) {
    return isImmutable();
  }
}
