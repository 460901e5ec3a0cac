package io.holdfast.store;

/**
 * What an acknowledged write survives.
 *
 * @see <a href="https://sqlite.org/pragma.html#pragma_synchronous">PRAGMA synchronous</a>
 */
public enum Durability {
  /** Any death of the process, {@code kill -9} included; a power loss may take the last commits. */
  NORMAL,
  /** Power loss too: one fsync a commit. */
  FULL
}
