package io.holdfast.jcache;

import io.holdfast.tier.KeyLeases;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the operations of one cache share.
 *
 * @param heapHits null where every get has to go through the tiers
 * @param entries null for a cache that is not in a file
 * @param leases null for a cache that is not in a file
 * @param encryption null for a cache whose values are not encrypted
 */
record CacheParts<K, V>(
    BackingCache<K, V> backing,
    KeyLocks locks,
    EntryListeners<K, V> listeners,
    OperationCounters counters,
    StatisticsBean statistics,
    Loading<K, V> loading,
    Writing<K, V> writing,
    @Nullable HeapHits<K, V> heapHits,
    @Nullable StoredEntries<K, V> entries,
    @Nullable KeyLeases<Object> leases,
    @Nullable CacheEncryption encryption) {

  /** What users may unwrap, besides the cache itself. */
  Stream<Object> facets() {
    return Stream.of(entries, leases == null ? null : new CacheLeases<>(this, leases), encryption)
        .filter(Objects::nonNull);
  }

  /**
   * Runs an operation on one key alone with it, then calls the listeners of what it changed and waits
   * for those that do not keep up.
   */
  <T extends @Nullable Object> T exclusively(K key, Supplier<T> operation) {
    Backpressure.enter();
    try (EventLanes.Scope scope = listeners.scope()) {
      scope.include(key);
      return locks.under(key, operation);
    } finally {
      Backpressure.exit();
    }
  }

  /** The same for several keys. */
  <T extends @Nullable Object> T exclusivelyAll(
      Collection<? extends K> keys, Supplier<T> operation) {
    Backpressure.enter();
    try (EventLanes.Scope scope = listeners.scope()) {
      scope.includeAll(keys);
      return locks.underAll(keys, operation);
    } finally {
      Backpressure.exit();
    }
  }

  /** The moment an operation starts, or 0 while nobody wants to know. */
  long startNanos() {
    return statistics.isEnabled() ? System.nanoTime() : 0;
  }

  void addElapsed(LongAdder total, long startNanos) {
    if (startNanos != 0) {
      total.add(System.nanoTime() - startNanos);
    }
  }
}
