package io.holdfast.jcache;

import io.holdfast.codec.Codec;
import io.holdfast.store.Cell;
import org.jspecify.annotations.Nullable;

/**
 * A value of a type that can change as the cache keeps it: written once, read anew for everybody who
 * asks. So nobody shares an object with the cache, and a heap hit costs one decoding, not a round trip.
 *
 * <p>A type may be open to values some of which cannot change, as {@code Object} is to Strings. Such a
 * value is kept as it is too, and everybody gets the one instance.
 */
final class Held<T> {
  private final Codec<T> codec;
  private final Cell cell;
  /** Volatile: what a user declares immutable need not have final fields. */
  private volatile @Nullable T shared;

  Held(Codec<T> codec, Cell cell) {
    this.codec = codec;
    this.cell = cell;
  }

  static <T> Held<T> of(Codec<T> codec, T object) {
    Held<T> held = new Held<>(codec, codec.encode(object));
    if (codec.isImmutable(object)) {
      held.shared = object;
    }
    return held;
  }

  Cell cell() {
    return cell;
  }

  T thaw() {
    T kept = shared;
    if (kept != null) {
      return kept;
    }
    T own = codec.decode(cell);
    if (codec.isImmutable(own)) {
      shared = own;
    }
    return own;
  }

  /** JSR-107 compares values by their own equals; equal columns spare the decoding. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Held<?> held && (cell.equals(held.cell) || thaw().equals(held.thaw()));
  }

  @Override
  public int hashCode() {
    return thaw().hashCode();
  }
}
