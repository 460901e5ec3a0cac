package io.holdfast.store;

/**
 * Hears which rows of a cache another process, or a person in the SQLite shell, has changed: what is
 * held of them in memory is old. Called by one thread at a time, never inside a transaction and never
 * for this process's own commits; must neither use the table nor wait for somebody who does.
 */
public interface ForeignChanges {

  /** Whether anything is held in memory; while nobody holds anything, nobody watches the file. */
  boolean isInterested();

  /**
   * Has whoever reads a copy call {@link EntryTable.Hearing#catchUp} first: nobody watches the file until
   * then. Returns when every read that begins from now on does so.
   *
   * @return false if reads cannot be told; then the file goes on being watched
   */
  default boolean leaveToReaders() {
    return false;
  }

  /** Somebody watches the file again, so reads need not call. Everything was caught up with before. */
  default void watched() {}

  /**
   * These rows were written, deleted, or given another expiry. More rows may be named than changed.
   *
   * @return how many copies were dropped
   */
  int rowsChanged(long[] rowIds);

  /**
   * Any row may have changed.
   *
   * @return how many copies were dropped
   */
  int everythingChanged();
}
