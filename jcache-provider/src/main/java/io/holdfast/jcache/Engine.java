package io.holdfast.jcache;

import io.holdfast.heap.HeapTier;
import io.holdfast.store.Coherence;
import io.holdfast.tier.SqliteFileConfiguration;
import io.holdfast.tier.SqliteFileService;
import io.holdfast.tier.SqliteResource;
import io.holdfast.tier.TierConfiguration;
import io.holdfast.tier.TierStatistics;
import java.nio.file.Files;
import org.ehcache.CacheManager;
import org.ehcache.CachePersistenceException;
import org.ehcache.config.CacheConfiguration;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ExpiryPolicyBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.core.InternalCache;
import org.ehcache.core.config.store.StoreStatisticsConfiguration;
import org.ehcache.core.spi.time.TimeSource;
import org.ehcache.core.spi.time.TimeSourceService;
import org.ehcache.expiry.ExpiryPolicy;
import org.ehcache.spi.service.Service;
import org.ehcache.spi.service.ServiceProvider;
import org.jspecify.annotations.Nullable;

/**
 * An Ehcache manager below one of ours, made with its first cache; with the manager's file or without
 * one. Guarded by our manager's lock.
 */
final class Engine {
  /** Queues of events per cache, by key hash: changes of different keys seldom await each other. */
  private static final int EVENT_QUEUES = 16;

  private final ClassLoader classLoader;
  private final TimeSource clock;
  private final @Nullable SqliteFileConfiguration file;
  private @Nullable Running running;

  /** What is there once the first cache was asked for. */
  private record Running(
      CacheManager ehcache, HeapFigures heap, @Nullable SqliteFileService service) {}

  // No record: Ehcache keeps services in sets, and a fresh JVM takes long to link a record's hash.
  /** Tells Ehcache the time. */
  private static final class ClockService implements TimeSourceService {
    private final TimeSource clock;

    ClockService(TimeSource clock) {
      this.clock = clock;
    }

    @Override
    public TimeSource getTimeSource() {
      return clock;
    }

    @Override
    public void start(ServiceProvider<Service> services) {
      // there is nothing to start
    }

    @Override
    public void stop() {
      // nor to stop
    }
  }

  private Engine(
      ClassLoader classLoader, TimeSource clock, @Nullable SqliteFileConfiguration file) {
    this.classLoader = classLoader;
    this.clock = clock;
    this.file = file;
  }

  static Engine onHeap(ClassLoader classLoader, TimeSource clock) {
    return new Engine(classLoader, clock, null);
  }

  static Engine onFile(ClassLoader classLoader, TimeSource clock, SqliteFileConfiguration file) {
    return new Engine(classLoader, clock, file);
  }

  @Nullable
  CacheManager ehcache() {
    return running == null ? null : running.ehcache();
  }

  /** The service that holds the open file, or null: there is none, or it is not open. */
  @Nullable
  SqliteFileService openFile() {
    return running == null ? null : running.service();
  }

  InternalCache<Object, Object> create(CachePlan plan) {
    return (InternalCache<Object, Object>)
        run().ehcache().createCache(plan.name(), configuration(plan));
  }

  /** What to do before the heap is asked: to hear what other processes have written, or null for nothing. */
  @Nullable
  Runnable beforeReading() {
    SqliteFileService service = run().service();
    return service != null && service.coherence().mode() == Coherence.Mode.STRICT
        ? service.file()::catchUp
        : null;
  }

  /**
   * Where the figures of a cache of this engine come from.
   *
   * @param heap its heap tier, if that is not Ehcache's
   */
  Figures figures(String cacheName, @Nullable HeapTier<?, ?> heap) {
    Running engine = run();
    return new Figures(cacheName, heap, engine.heap(), engine.service());
  }

  // Ehcache checks the classes it is given; the rest of this package sees objects.
  @SuppressWarnings("unchecked")
  private CacheConfiguration<Object, Object> configuration(CachePlan plan) {
    CacheLimits limits = plan.limits();
    ResourcePoolsBuilder pools = ResourcePoolsBuilder.newResourcePoolsBuilder()
        .heap(limits.heapEntries(), EntryUnit.ENTRIES);
    if (file != null) {
      pools = pools.with(SqliteResource.SQLITE, limits.diskEntries(), EntryUnit.ENTRIES, true);
    }
    CacheConfigurationBuilder<Object, Object> builder =
        CacheConfigurationBuilder.newCacheConfigurationBuilder(
                (Class<Object>) plan.keyClass(), (Class<Object>) plan.valueClass(), pools)
            .withClassLoader(classLoader)
            .withExpiry(expiry(plan))
            .withResilienceStrategy(new SurfacingResilience(plan.name()))
            .withDispatcherConcurrency(EVENT_QUEUES)
            .withService(new StoreStatisticsConfiguration(plan.heap() == null))
            .withService(new DirectEventDispatcher.Configuration(plan.dispatcher()));
    if (plan.heap() != null) {
      builder = builder.withService(plan.heap());
    }
    if (file != null) {
      builder = builder.withService(new TierConfiguration<>(
          plan.keys().keptCodec(),
          plan.values().keptCodec(),
          limits.diskEntries(),
          limits.diskBytes(),
          limits.maxIdleMillis(),
          plan.valueKeys()));
    }
    return builder.build();
  }

  // Without any policy the heap would never ask whether its copy was unused for too long.
  private static ExpiryPolicy<Object, Object> expiry(CachePlan plan) {
    boolean isForEver = plan.expiry() == ExpiryPolicy.NO_EXPIRY;
    return isForEver && plan.limits().maxIdleMillis() != Long.MAX_VALUE
        ? ExpiryPolicyBuilder.timeToLiveExpiration(ExpiryPolicy.INFINITE)
        : plan.expiry();
  }

  private Running run() {
    if (running == null) {
      HeapFigures heap = new HeapFigures();
      SqliteFileService service = file == null ? null : new SqliteFileService(file);
      CacheManagerBuilder<CacheManager> builder = CacheManagerBuilder.newCacheManagerBuilder()
          .withClassLoader(classLoader)
          .using(new ClockService(clock))
          .using(new DirectEventDispatching());
      // Above a file the heap is ours and counts by itself, without Ehcache's statistics.
      builder = service == null ? builder.using(heap) : builder.using(service);
      running = new Running(builder.build(true), heap, service);
    }
    return running;
  }

  /** Closes a cache; its rows stay. */
  void remove(String cacheName) {
    if (running != null) {
      running.ehcache().removeCache(cacheName);
    }
  }

  /**
   * Deletes the rows of a cache that is not open.
   *
   * @throws CachePersistenceException if the file cannot be written
   */
  void destroy(String cacheName) throws CachePersistenceException {
    if (running != null && running.service() != null) {
      running.service().destroy(cacheName);
    } else if (file != null && Files.exists(file.settings().file())) {
      new SqliteFileService(file).destroy(cacheName);
    }
  }

  void close() {
    if (running != null) {
      running.ehcache().close();
      running = null;
    }
  }

  /** What the tiers of one cache count, zeros once it is closed; and the sweep of its dead. */
  record Figures(
      String cacheName,
      @Nullable HeapTier<?, ?> heap,
      HeapFigures ehcachesHeap,
      @Nullable SqliteFileService service) {

    private static final TierStatistics NOTHING = new TierStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    TierStatistics tier() {
      return service == null ? NOTHING : service.findStatistics(cacheName).orElse(NOTHING);
    }

    /** Entries lost to limits: from the file, or from the heap where that is all there is. */
    long evictions() {
      return service == null ? ehcachesHeap.evictions(cacheName) : tier().evictions();
    }

    /** Buries the dead of the file; how many. */
    int sweepExpired() {
      return service == null ? 0 : service.sweepExpired(cacheName);
    }

    long heapEntries() {
      return heap == null ? ehcachesHeap.entries(cacheName) : heap.size();
    }

    /** Hits in the heap, but for those of {@link HeapHits}. */
    long heapHits() {
      return heap == null ? ehcachesHeap.hits(cacheName) : heap.hitCount();
    }
  }
}
