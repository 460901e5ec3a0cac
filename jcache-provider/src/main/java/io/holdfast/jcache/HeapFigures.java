package io.holdfast.jcache;

import java.util.Map;
import org.ehcache.core.spi.service.StatisticsService;
import org.ehcache.core.statistics.TierStatistics;
import org.ehcache.spi.service.Service;
import org.ehcache.spi.service.ServiceDependencies;
import org.ehcache.spi.service.ServiceProvider;
import org.jspecify.annotations.Nullable;

/** Reads what Ehcache counts about the heap tier of a cache. */
@ServiceDependencies(StatisticsService.class)
final class HeapFigures implements Service {
  private static final String HEAP_TIER = "OnHeap";

  private volatile @Nullable StatisticsService statistics;

  @Override
  public void start(ServiceProvider<Service> services) {
    statistics = services.getService(StatisticsService.class);
  }

  @Override
  public void stop() {
    statistics = null;
  }

  /** Entries in the heap now; 0 for a cache that is not open. */
  long entries(String cacheName) {
    TierStatistics heap = find(cacheName);
    return heap == null ? 0 : Math.max(0, heap.getMappings());
  }

  /** Look-ups of one key that the heap answered since the cache was opened; Ehcache counts no others. */
  long hits(String cacheName) {
    TierStatistics heap = find(cacheName);
    return heap == null ? 0 : heap.getHits();
  }

  /** Entries evicted from the heap since the cache was opened. */
  long evictions(String cacheName) {
    TierStatistics heap = find(cacheName);
    return heap == null ? 0 : heap.getEvictions();
  }

  private @Nullable TierStatistics find(String cacheName) {
    StatisticsService service = statistics;
    if (service == null) {
      return null;
    }
    try {
      Map<String, TierStatistics> tiers = service.getCacheStatistics(cacheName).getTierStatistics();
      return tiers.get(HEAP_TIER);
    } catch (IllegalArgumentException unknownCache) {
      return null;
    }
  }
}
