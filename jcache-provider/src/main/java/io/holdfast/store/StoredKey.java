package io.holdfast.store;

import java.util.function.Predicate;

/**
 * A key as the store finds it: the column to store, and how to tell whether a stored column is the
 * same key.
 *
 * <p>For a {@link Canonical} key, equal columns mean equal keys; the store hashes the column itself.
 * For an {@link Opaque} key (a serialised object whose bytes are not its equality), the caller gives
 * a hash that is stable across JVMs and a predicate over stored columns. {@link OfRow} is for rows
 * that are only deleted or recast.
 */
public sealed interface StoredKey {

  /** What the {@code key} column holds. */
  Cell column();

  /** A key whose column is its identity. */
  record Canonical(Cell column) implements StoredKey {}

  /**
   * A key that only its class can compare.
   *
   * @param hash stable across JVMs; equal keys have equal hashes
   * @param sameKey whether a stored column is this key; called with no lock held, may be called
   *     several times
   */
  record Opaque(Cell column, int hash, Predicate<Cell> sameKey) implements StoredKey {}

  /**
   * The key of a row that was read, whether or not anybody can still make an object of it.
   *
   * @param rowId where the row is
   * @param column as the row has it
   */
  record OfRow(long rowId, Cell column) implements StoredKey {}
}
