package io.holdfast.tier;

import io.holdfast.codec.Codec;
import io.holdfast.codec.Codecs;
import io.holdfast.heap.HeapTierConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.core.spi.ServiceLocator;
import org.ehcache.core.spi.store.Store;
import org.ehcache.core.spi.store.tiering.AuthoritativeTier;
import org.ehcache.core.spi.time.TimeSource;
import org.ehcache.core.spi.time.TimeSourceService;
import org.ehcache.core.store.StoreConfigurationImpl;
import org.ehcache.event.EventType;
import org.ehcache.expiry.ExpiryPolicy;
import org.ehcache.spi.persistence.PersistableResourceService.PersistenceSpaceIdentifier;
import org.ehcache.spi.service.Service;
import org.ehcache.spi.service.ServiceConfiguration;
import org.ehcache.spi.service.ServiceProvider;
import org.jspecify.annotations.Nullable;

/** A tier, alone or under Ehcache's heap, with a clock that moves when told. */
final class TierFixture implements AutoCloseable {
  static final long START_MILLIS = 1_000_000;

  private final Clock clock = new Clock();
  private final Path file;
  private final ExpiryPolicy<Object, Object> expiry;
  private final long maxEntries;
  private final int heapEntries;
  private final long maxIdleMillis;
  private final Heap heap;
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private @Nullable Opened opened;

  /** Which heap tier stands above. */
  enum Heap {
    EHCACHES,
    OURS
  }

  private record Opened(
      ServiceLocator services,
      SqliteFileService service,
      Store.Provider provider,
      Store<String, String> store,
      PersistenceSpaceIdentifier<?> space) {}

  private TierFixture(Path file, ExpiryPolicy<Object, Object> expiry, long maxEntries) {
    this(file, expiry, maxEntries, 0, TierConfiguration.UNLIMITED, Heap.EHCACHES);
  }

  private TierFixture(
      Path file,
      ExpiryPolicy<Object, Object> expiry,
      long maxEntries,
      int heapEntries,
      long maxIdleMillis,
      Heap heap) {
    this.maxIdleMillis = maxIdleMillis;
    this.heap = heap;
    this.file = file;
    this.expiry = expiry;
    this.maxEntries = maxEntries;
    this.heapEntries = heapEntries;
    open();
  }

  /** The tier without a heap above it. */
  static TierFixture alone(Path directory, ExpiryPolicy<Object, Object> expiry) {
    return new TierFixture(directory.resolve("tier.db"), expiry, TierConfiguration.UNLIMITED);
  }

  static TierFixture alone(Path directory, long maxEntries) {
    return new TierFixture(directory.resolve("tier.db"), ExpiryPolicy.NO_EXPIRY, maxEntries);
  }

  /** The tier under a heap of so many entries. */
  static TierFixture underHeap(
      Path directory, Heap heap, ExpiryPolicy<Object, Object> expiry, int heapEntries) {
    return new TierFixture(
        directory.resolve("tier.db"),
        expiry,
        TierConfiguration.UNLIMITED,
        heapEntries,
        TierConfiguration.UNLIMITED,
        heap);
  }

  /** The tier, whose entries may be unused for so long; under a heap, unless that has no entries. */
  static TierFixture limitingIdleTime(
      Path directory,
      Heap heap,
      ExpiryPolicy<Object, Object> expiry,
      int heapEntries,
      long maxIdleMillis) {
    return new TierFixture(
        directory.resolve("tier.db"),
        expiry,
        TierConfiguration.UNLIMITED,
        heapEntries,
        maxIdleMillis,
        heap);
  }

  private void open() {
    var service = new SqliteFileService(
        new SqliteFileConfiguration(io.holdfast.store.StoreSettings.of(file), Duration.ofHours(1)));
    ServiceLocator services = ServiceLocator.dependencySet()
        .with(clock)
        .with(service)
        .with(Store.Provider.class)
        .with(AuthoritativeTier.Provider.class)
        .build();
    services.startAllServices();
    try {
      ResourcePoolsBuilder pools = ResourcePoolsBuilder.newResourcePoolsBuilder()
          .with(SqliteResource.SQLITE, 1_000_000, EntryUnit.ENTRIES, true);
      if (heapEntries > 0) {
        pools = pools.heap(heapEntries, EntryUnit.ENTRIES);
      }
      var resources = pools.build();
      var space = service.getPersistenceSpaceIdentifier(
          "cache", resources.getPoolForResource(SqliteResource.SQLITE));
      Codec<String> codec = Codecs.standard().forType(String.class);
      var configuration = new TierConfiguration<>(
          codec, codec, maxEntries, TierConfiguration.UNLIMITED, maxIdleMillis);
      var types = resources.getResourceTypeSet();
      List<ServiceConfiguration<?, ?>> configurations =
          new ArrayList<>(List.of(space, configuration));
      if (heap == Heap.OURS) {
        configurations.add(new HeapTierConfiguration());
      }
      Store.Provider provider = org.ehcache.core.store.StoreSupport.select(
          Store.Provider.class, services, p -> p.rank(types, configurations));
      Store<String, String> store = provider.createStore(
          new StoreConfigurationImpl<>(
              String.class,
              String.class,
              null,
              TierFixture.class.getClassLoader(),
              expiry,
              resources,
              4,
              null,
              null),
          configurations.toArray(ServiceConfiguration<?, ?>[]::new));
      provider.initStore(store);
      opened = new Opened(services, service, provider, store, space);
    } catch (org.ehcache.CachePersistenceException e) {
      throw new IllegalStateException(e);
    }
  }

  private Opened opened() {
    Opened open = opened;
    if (open == null) {
      throw new IllegalStateException("the fixture is closed");
    }
    return open;
  }

  /** What the cache above would call: the tier itself, or Ehcache's tiered store. */
  Store<String, String> store() {
    return opened().store();
  }

  /** The tier itself; only when it is alone. */
  SqliteTier<String, String> tier() {
    return (SqliteTier<String, String>) opened().store();
  }

  SqliteFileService service() {
    return opened().service();
  }

  TierStatistics statistics() {
    return service().findStatistics("cache").orElseThrow();
  }

  long nowMillis() {
    return clock.getTimeMillis();
  }

  void advance(long millis) {
    clock.nowMillis.addAndGet(millis);
  }

  /** Notes events as {@code CREATED key null new} from here on, in the order they fire. */
  List<String> recordEvents() {
    store().getStoreEventSource().setSynchronous(true);
    store().getStoreEventSource().setEventOrdering(true);
    store().getStoreEventSource().addEventListener(event -> {
      EventType type = event.getType();
      events.add(
          type + " " + event.getKey() + " " + event.getOldValue() + " " + event.getNewValue());
    });
    return events;
  }

  TierFixture reopen() {
    return reopenAfter(0);
  }

  TierFixture reopenAfter(long closedMillis) {
    close();
    advance(closedMillis);
    open();
    return this;
  }

  @Override
  public void close() {
    Opened open = opened;
    opened = null;
    if (open != null) {
      open.provider().releaseStore(open.store());
      try {
        open.service().releasePersistenceSpaceIdentifier(open.space());
        open.services().stopAllServices();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final class Clock implements TimeSourceService, TimeSource {
    private final AtomicLong nowMillis = new AtomicLong(START_MILLIS);

    @Override
    public TimeSource getTimeSource() {
      return this;
    }

    @Override
    public long getTimeMillis() {
      return nowMillis.get();
    }

    @Override
    public void start(ServiceProvider<Service> services) {}

    @Override
    public void stop() {}
  }
}
