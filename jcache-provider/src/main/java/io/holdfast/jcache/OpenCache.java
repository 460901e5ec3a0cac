package io.holdfast.jcache;

import io.holdfast.jcache.spi.MonitoredCache;
import io.holdfast.tier.TierStatistics;
import java.net.URI;

/** An open cache as monitors see it: counters, no keys and no values. */
record OpenCache(
    String name,
    URI managerUri,
    OperationCounters operations,
    BackingCache<?, ?> backing,
    Engine.Figures figures,
    long heapEntriesMax)
    implements MonitoredCache {

  @Override
  public CacheCounters counters() {
    long hits = operations.hitCount();
    TierStatistics tier = figures.tier();
    // The heap counts its hits apart from ours; a get in flight may be in one count only.
    long inHeap = operations.heapHits.sum() + figures.heapHits() + backing.heapHitsUncounted();
    long heapHits = Math.max(0, Math.min(hits, inHeap));
    return new CacheCounters(
        hits,
        heapHits,
        hits - heapHits,
        operations.misses.sum(),
        operations.puts.sum(),
        operations.removals.sum(),
        figures.evictions(),
        tier.expirations(),
        figures.heapEntries(),
        heapEntriesMax,
        tier.entries(),
        tier.bytes(),
        backing.failureCount(),
        tier.unreadable());
  }

  @Override
  public int evictExpired() {
    return figures.sweepExpired();
  }

  @Override
  public void clear() {
    backing.clear();
  }

  /** Identity: two caches of one name are two. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
