package io.holdfast.jcache;

import io.holdfast.codec.Codec;
import io.holdfast.store.Cell;

/**
 * A value of a mutable type as the cache keeps it: written once, read anew for everybody who asks. So
 * nobody shares an object with the cache, and a heap hit costs one decoding, not a round trip.
 */
final class Held<T> {
  private final Codec<T> codec;
  private final Cell cell;

  Held(Codec<T> codec, Cell cell) {
    this.codec = codec;
    this.cell = cell;
  }

  Cell cell() {
    return cell;
  }

  T thaw() {
    return codec.decode(cell);
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
