package io.holdfast.heap;

import static org.ehcache.core.spi.service.ServiceUtils.findOptionalAmongst;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ehcache.config.ResourceType;
import org.ehcache.config.SizedResourcePool;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.core.spi.store.Store;
import org.ehcache.core.spi.store.tiering.CachingTier;
import org.ehcache.core.spi.time.TimeSource;
import org.ehcache.core.spi.time.TimeSourceService;
import org.ehcache.spi.service.Service;
import org.ehcache.spi.service.ServiceConfiguration;
import org.ehcache.spi.service.ServiceDependencies;
import org.ehcache.spi.service.ServiceProvider;
import org.jspecify.annotations.Nullable;

/** Makes heap tiers for the caches whose configuration has a {@link HeapTierConfiguration}. */
@ServiceDependencies(TimeSourceService.class)
public final class HeapTierProvider implements CachingTier.Provider {
  private static final Set<ResourceType<?>> HEAP_ALONE = Set.of(ResourceType.Core.HEAP);
  private static final int ABOVE_EHCACHES_OWN = 2;

  private final Set<CachingTier<?, ?>> open = ConcurrentHashMap.newKeySet();
  private @Nullable TimeSource clock;

  HeapTierProvider() {}

  @Override
  public int rankCachingTier(
      Set<ResourceType<?>> resources, Collection<ServiceConfiguration<?, ?>> configurations) {
    boolean isAskedFor = configurations.stream().anyMatch(HeapTierConfiguration.class::isInstance);
    return isAskedFor && resources.equals(HEAP_ALONE) ? ABOVE_EHCACHES_OWN : 0;
  }

  @Override
  public <K, V> CachingTier<K, V> createCachingTier(
      Set<ResourceType<?>> resources,
      Store.Configuration<K, V> configuration,
      ServiceConfiguration<?, ?>... configurations) {
    HeapTierConfiguration ours = findOptionalAmongst(
            HeapTierConfiguration.class, (Object[]) configurations)
        .orElseThrow(() -> new IllegalArgumentException("No heap tier configuration"));
    SizedResourcePool pool =
        configuration.getResourcePools().getPoolForResource(ResourceType.Core.HEAP);
    if (pool.getUnit() != EntryUnit.ENTRIES) {
      throw new IllegalArgumentException(
          "This heap tier is sized in entries, not " + pool.getUnit());
    }
    if (clock == null) {
      throw new IllegalStateException("The heap tier provider was not started");
    }
    HeapTier<K, V> tier = new HeapTier<>(pool.getSize(), configuration.getExpiry(), clock);
    ours.connect(tier);
    open.add(tier);
    return tier;
  }

  @Override
  public void initCachingTier(CachingTier<?, ?> tier) {
    requireOpen(tier);
  }

  @Override
  public void releaseCachingTier(CachingTier<?, ?> tier) {
    ((HeapTier<?, ?>) requireOpen(tier)).invalidateAll();
    open.remove(tier);
  }

  private CachingTier<?, ?> requireOpen(CachingTier<?, ?> tier) {
    if (!open.contains(tier)) {
      throw new IllegalArgumentException("Not an open tier of this provider: " + tier);
    }
    return tier;
  }

  @Override
  public void start(ServiceProvider<Service> services) {
    clock = services.getService(TimeSourceService.class).getTimeSource();
  }

  @Override
  public void stop() {
    open.clear();
  }
}
