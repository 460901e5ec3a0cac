package io.holdfast.jcache.spi;

import java.net.URI;

/**
 * A cache as a monitor may see it: numbers, no keys, no values. Reading is cheap and never throws; the
 * operations block while the disk does.
 */
public interface MonitoredCache {

  /** The cache's name. */
  String name();

  /** The URI of its manager. */
  URI managerUri();

  /** The counters at this moment. */
  CacheCounters counters();

  /**
   * Deletes entries whose time is over, with their EXPIRED events, for a fifth of a second at most; what
   * the cache does by itself about once a second.
   *
   * @return how many are gone; 0 for a cache in the heap alone, which meets the dead as it goes
   * @throws RuntimeException if the file cannot be read or written
   */
  int evictExpired();

  /**
   * Deletes all entries, as {@link javax.cache.Cache#clear}: no listener and no writer hears of it.
   *
   * @throws RuntimeException if the file cannot be written; what is left is still there
   */
  void clear();

  /**
   * Counters since the cache was opened, whether or not JSR-107 statistics are on, and sizes now.
   *
   * @param hits look-ups that found an entry
   * @param heapHits of these, answered from the heap
   * @param tierHits of these, answered from the file
   * @param misses look-ups that found none
   * @param puts entries written
   * @param removals entries removed by the user
   * @param evictions entries evicted from the file to keep its limits
   * @param expirations entries found or swept dead
   * @param heapEntries entries held by the heap tier now
   * @param heapEntriesMax the heap tier's limit
   * @param tierEntries rows in the file now
   * @param tierBytes bytes of keys and values in the file now
   * @param failures operations that failed because of the file
   * @param unreadable how often an entry was met in the file whose value could not be decrypted
   */
  record CacheCounters(
      long hits,
      long heapHits,
      long tierHits,
      long misses,
      long puts,
      long removals,
      long evictions,
      long expirations,
      long heapEntries,
      long heapEntriesMax,
      long tierEntries,
      long tierBytes,
      long failures,
      long unreadable) {}
}
