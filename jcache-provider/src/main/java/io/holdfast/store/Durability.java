package io.holdfast.store;

/**
 * What an acknowledged write survives, from the weakest to the strongest. Where a file is opened several
 * times, the strongest holds for all.
 *
 * @see <a href="https://sqlite.org/pragma.html#pragma_synchronous">PRAGMA synchronous</a>
 */
public enum Durability {
  /**
   * Write-behind: single unconditional writes are acknowledged from memory and written within {@link
   * RelaxedBounds}. Death of the process takes what was not written yet; what is left is consistent.
   */
  RELAXED,
  /** Any death of the process, {@code kill -9} included; a power loss may take the last commits. */
  NORMAL,
  /** Power loss too: one fsync a commit, which writers that wait at the same time share. */
  FULL;

  /** The value of SQLite's pragma. */
  String synchronous() {
    return this == FULL ? "FULL" : "NORMAL";
  }
}
