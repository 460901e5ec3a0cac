package io.holdfast.jcache;

import java.time.Duration;
import java.util.Optional;

/**
 * Lets one of all the processes that share a cache file compute an entry, while the others wait for it:
 *
 * <pre>{@code
 * Leases<String, Report> leases = cache.unwrap(Leases.class);
 * try (Lease<Report> lease = leases.acquire(key, ofSeconds(5), ofMinutes(10)).orElseThrow()) {
 *   Report report = cache.get(key); // another process may have computed it meanwhile
 *   if (report == null) {
 *     report = compute(key);
 *     lease.putIfHeld(report);
 *   }
 *   return report;
 * }
 * }</pre>
 *
 * <p>A lease holds up nobody but those who ask for one: {@code get}, {@code put} and all other operations
 * go on as if there were none. {@code clear} and {@code destroyCache} end the leases of the cache, so what was
 * being computed is not put. Keys with the same hash may share a lease. Safe from any thread; to be had
 * by {@code unwrap} of a cache that persists.
 *
 * <p>All methods throw {@link javax.cache.CacheException} if the file fails, and {@link
 * IllegalStateException} if the cache is closed.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface Leases<K, V> {

  /**
   * Takes the lease of a key if nobody holds it; does not wait. Costs one read while it is held, else one
   * small transaction, that is an fsync where durability is full.
   *
   * @param lease when others may take it should this process die or stop, at least one second. While the
   *     process runs the lease is prolonged in the background, until it is closed
   * @throws IllegalArgumentException if the time is shorter
   */
  Optional<Lease<V>> tryAcquire(K key, Duration lease);

  /**
   * As {@link #tryAcquire}; waits while somebody holds the lease, and looks every 10 ms. Who waits is not
   * served in any order.
   *
   * @param patience how long to wait at most
   * @return empty if somebody still held it when the patience was over
   */
  Optional<Lease<V>> acquire(K key, Duration lease, Duration patience) throws InterruptedException;
}
