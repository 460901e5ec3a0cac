package io.holdfast.store;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one cache. Safe from any thread.
 *
 * <p>Expired rows are returned like all others: what expiry means (events, soft pins) is the
 * caller's business. A read never writes.
 */
public interface EntryTable {

  /** The definition this table was opened with. */
  CacheDefinition definition();

  /** Whether opening found rows of another format and emptied the cache. */
  boolean wasReset();

  /**
   * Returns the row of this key, or null. One prepared SELECT on a pooled reader; blocks while the
   * disk does. Sees every write acknowledged before the call, by this or another process. When it was last
   * accessed is asked only where the cache limits idle time, else its creation stands there; {@link #page}
   * knows.
   *
   * @throws StoreException if the file cannot be read
   */
  @Nullable
  StoredEntry find(StoredKey key);

  /**
   * Returns the row of each of these keys, in their order, and null where there is none; one read
   * snapshot for all of them.
   *
   * @throws StoreException if the file cannot be read
   */
  @Nullable
  StoredEntry[] findAll(List<? extends StoredKey> keys);

  /**
   * Applies all changes in one transaction, durable when the call returns, and evicts the coldest
   * rows where a limit is exceeded. An entry that alone exceeds the limit of bytes is not written; its
   * key is absent afterwards, and the others stay.
   *
   * <p>With {@link Durability#RELAXED}, one change that expects nothing of one {@link
   * StoredKey.Canonical} key is acknowledged from memory.
   *
   * @return the outcome; if an expectation failed nothing at all was changed
   * @throws StoreException if the file cannot be written; nothing was changed, unless {@link
   *     OutcomeUnknownException} says otherwise
   */
  Outcome apply(List<? extends Change> changes);

  /**
   * Rows in the order of their row ids, for iteration in pages without an open cursor.
   *
   * @param afterRowId exclusive; {@link Long#MIN_VALUE} starts at the beginning
   */
  List<StoredEntry> page(long afterRowId, int limit);

  /**
   * The same of those rows that were created at that moment or later; an update creates nothing. SQLite looks at
   * every row, but reads the values of these only, and where nobody has written to the cache since, at none. What
   * the file says of their last access is not read.
   *
   * @param sinceMillis Unix milliseconds
   */
  List<StoredEntry> created(long sinceMillis, long afterRowId, int limit);

  /**
   * Rows that are expired at this moment, by an index, those that expired first in front.
   *
   * @param after the last row of the page before, or null for the first page
   */
  List<StoredEntry> expired(long nowMillis, @Nullable StoredEntry after, int limit);

  /**
   * Looks at so many rows for those that were not used since; buffered accesses count.
   *
   * @param afterRowId where the page before ended; -1 to begin
   */
  IdlePage idle(long unusedSinceMillis, long afterRowId, int limit);

  /**
   * A step of a walk through all rows.
   *
   * @param idle rows that were not used
   * @param lastRowId where the step ended
   * @param isLast whether it was the last
   */
  record IdlePage(List<StoredEntry> idle, long lastRowId, boolean isLast) {}

  /** Deletes all rows, durable when the call returns. */
  void clear();

  /**
   * Writes what was acknowledged from memory; returns at once where nothing was.
   *
   * @throws StoreException if the file cannot be written; what is left is still in memory
   */
  default void flush() {}

  /**
   * Hears of rows that were evicted for no call of {@link #apply} on this table: by a write from memory,
   * or to keep the limits of the whole file. On the thread that evicted them, which may hold locks: at
   * most one listener, which must not wait for anything.
   */
  void onEvictionInBackground(Consumer<List<StoredEntry>> listener);

  /** A version for the next {@link Change.Put}: rising, never given twice, also across restarts and processes. */
  long nextVersion();

  /**
   * Notes an access, in memory; written in batches and at close, lost at a kill. Never blocks, never
   * throws. While very many rows are read, only accesses to a part of the table are noted, each of which
   * stands for several; unless the cache limits idle time.
   */
  void recordAccess(long rowId, long atMillis);

  /**
   * How many rows the table holds, whoever wrote them. Reads a counter from the file; never throws, but
   * gives the last number known where the file is out of reach.
   */
  long entryCount();

  /** Bytes of keys and values, as {@link #entryCount}. */
  long payloadBytes();

  /**
   * About the same for those who look often: reads the file once a second at most, and else knows the
   * commits of this process only. What is buffered in memory is not in it. Never throws.
   */
  TableSize recentSize();

  /** Rows whose last use is in memory only; a look at a counter. */
  long bufferedAccesses();

  /**
   * Says which rows somebody above holds copies of: they are read without this table hearing of it, so
   * they are evicted only where nothing else is left. Asked inside transactions; must not block.
   */
  void spare(LongPredicate heldAbove);

  /**
   * Tells this one from now on what other processes change in the cache, instead of who was told
   * before; soon, if {@link CacheFile#watch} was called, or at {@link CacheFile#catchUp}.
   */
  Hearing hear(ForeignChanges listener);

  /** A listener's place. */
  interface Hearing extends AutoCloseable {

    /** To be called when the listener has become interested; a volatile read or two. */
    void attend();

    /**
     * Returns when the listener has been told of everything that was acknowledged before the call, and
     * the file is watched again. For reads that {@link ForeignChanges#leaveToReaders} was told of; may
     * wait for another who does the same.
     */
    void catchUp();

    /** Tells the listener nothing more. */
    @Override
    void close();
  }

  /**
   * What {@link #apply} did.
   *
   * @param applied false if an expectation failed
   * @param evicted the rows that were evicted to keep the limits, after the commit; among them what was
   *     to be written and is larger than the whole limit
   */
  record Outcome(boolean applied, List<StoredEntry> evicted) {}
}
