package io.holdfast.jcache;

import org.ehcache.CacheManager;
import org.ehcache.config.CacheConfiguration;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.core.InternalCache;
import org.ehcache.core.config.store.StoreStatisticsConfiguration;
import org.jspecify.annotations.Nullable;

/** The Ehcache manager below one of ours, made with its first cache. Guarded by the manager's lock. */
final class Engine {
  /** Queues of events per cache, by key hash: changes of different keys seldom await each other. */
  private static final int EVENT_QUEUES = 16;

  private final ClassLoader classLoader;
  private final HeapFigures heapFigures = new HeapFigures();
  private @Nullable CacheManager ehcache;

  Engine(ClassLoader classLoader) {
    this.classLoader = classLoader;
  }

  HeapFigures heapFigures() {
    return heapFigures;
  }

  @Nullable
  CacheManager ehcache() {
    return ehcache;
  }

  InternalCache<Object, Object> create(CachePlan plan) {
    return (InternalCache<Object, Object>) open().createCache(plan.name(), configuration(plan));
  }

  // Ehcache checks the classes it is given; the rest of this package sees objects.
  @SuppressWarnings("unchecked")
  private CacheConfiguration<Object, Object> configuration(CachePlan plan) {
    ResourcePoolsBuilder pools = ResourcePoolsBuilder.newResourcePoolsBuilder()
        .heap(plan.limits().heapEntries(), EntryUnit.ENTRIES);
    return CacheConfigurationBuilder.newCacheConfigurationBuilder(
            (Class<Object>) plan.keyClass(), (Class<Object>) plan.valueClass(), pools)
        .withClassLoader(classLoader)
        .withExpiry(plan.expiry())
        .withResilienceStrategy(new SurfacingResilience(plan.name()))
        .withDispatcherConcurrency(EVENT_QUEUES)
        .withService(new StoreStatisticsConfiguration(true))
        .withService(new DirectEventDispatcher.Configuration(plan.dispatcher()))
        .build();
  }

  private CacheManager open() {
    if (ehcache == null) {
      ehcache = CacheManagerBuilder.newCacheManagerBuilder()
          .withClassLoader(classLoader)
          .using(new DirectEventDispatching())
          .using(heapFigures)
          .build(true);
    }
    return ehcache;
  }

  /** Closes a cache; its rows stay. */
  void remove(String cacheName) {
    if (ehcache != null) {
      ehcache.removeCache(cacheName);
    }
  }

  /** Deletes the rows of a cache that is not open. */
  void destroy(String cacheName) {}

  void close() {
    if (ehcache != null) {
      ehcache.close();
      ehcache = null;
    }
  }
}
