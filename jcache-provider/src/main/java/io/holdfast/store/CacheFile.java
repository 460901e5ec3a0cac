package io.holdfast.store;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One open SQLite file and the caches in it. Safe from any thread; opened at most once per path and
 * process, further opens of the same path share it.
 */
public interface CacheFile extends AutoCloseable {

  /**
   * Opens the file, creating it with owner-only permissions when absent.
   *
   * @param clockMillis the time in Unix milliseconds
   * @throws StoreException if it is not a cache file, of a newer format, corrupt, or out of reach; the
   *     file is left as it was
   */
  @SuppressWarnings("DoNotCallSuggester")
  static CacheFile open(StoreSettings settings, LongSupplier clockMillis) {
    throw new IllegalStateException("the store is being built: " + settings + clockMillis);
  }

  /** Where it is. */
  Path path();

  /** Opens a cache, creating it when absent, emptying it when its rows have another format. */
  EntryTable openTable(CacheDefinition definition);

  /** The caches in the file, open or not. */
  List<CacheSummary> caches();

  /** Deletes a cache and its rows; false if there was none. Its table must not be in use. */
  boolean drop(String cacheName);

  /** Small durable key-value state beside a cache (class ids of a serialiser); durable when set. */
  StateTable state(String cacheName);

  /** Moves the log into the file. */
  void checkpoint();

  /** Counters and sizes; cheap, never touches the disk for more than two file sizes. */
  StoreStatistics statistics();

  /** Writes buffered accesses, checkpoints and closes. Closing twice is quiet. */
  @Override
  void close();

  /**
   * What the file says about one cache.
   *
   * @param lastWriteAtMillis Unix milliseconds of the last change, 0 if there was none
   */
  record CacheSummary(
      String name,
      String keyFormat,
      String valueFormat,
      long entries,
      long payloadBytes,
      long createdAtMillis,
      long lastWriteAtMillis) {}
}
