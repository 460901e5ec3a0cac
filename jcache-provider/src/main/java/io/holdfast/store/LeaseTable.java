package io.holdfast.store;

import java.util.OptionalLong;

/**
 * The leases of one cache: at most one holder per key among all processes. Nothing but {@link
 * Change.Expectation#held} asks for them: reads and other writes go on as if there were none. Keys of
 * one hash share a lease. Safe from any thread; each method throws {@link StoreException} if the file
 * cannot be read or written.
 *
 * <p>A lease passes to whoever asks once its time is over, by the clock of the file. Until somebody
 * does, its holder may go on: the row decides, not the time. {@link EntryTable#clear} ends all leases.
 */
public interface LeaseTable {

  /**
   * Takes the lease of a key that nobody holds, or whose holder let it run out. One read while it is
   * held; one small transaction otherwise.
   *
   * @param leaseMillis how long it lasts unless it is kept
   * @return a token, greater than that of every holder before; empty while somebody holds the lease
   * @throws CacheGoneException if the cache is no longer in the file
   */
  OptionalLong tryAcquire(StoredKey key, long leaseMillis);

  /** Whether the lease is still that of this token's holder. One read. */
  boolean isHeld(StoredKey key, long token);

  /** Prolongs the lease in the background, by the same time again and again, until it is released or lost. */
  void keep(StoredKey key, long token, long leaseMillis);

  /** No longer prolongs the lease; touches no file. */
  void forget(StoredKey key, long token);

  /** Ends the lease, if it is still this holder's. One small transaction. */
  void release(StoredKey key, long token);
}
