package io.holdfast.tier;

import static org.ehcache.core.spi.service.ServiceUtils.findOptionalAmongst;

import io.holdfast.codec.Codec;
import io.holdfast.codec.Codecs;
import io.holdfast.store.Coherence;
import io.holdfast.store.EntryTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ehcache.config.ResourceType;
import org.ehcache.config.SizedResourcePool;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.config.units.MemoryUnit;
import org.ehcache.core.spi.store.Store;
import org.ehcache.core.spi.store.tiering.AuthoritativeTier;
import org.ehcache.core.spi.time.TimeSource;
import org.ehcache.core.spi.time.TimeSourceService;
import org.ehcache.core.statistics.AuthoritativeTierOperationOutcomes.GetAndFaultOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes;
import org.ehcache.core.statistics.TierOperationOutcomes;
import org.ehcache.spi.service.OptionalServiceDependencies;
import org.ehcache.spi.service.Service;
import org.ehcache.spi.service.ServiceConfiguration;
import org.ehcache.spi.service.ServiceDependencies;
import org.ehcache.spi.service.ServiceProvider;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link SqliteResource#SQLITE} tiers for Ehcache, alone or under the heap. Ehcache finds it by
 * itself; users name it only as the type that a {@link TierConfiguration} is for.
 */
@ServiceDependencies(TimeSourceService.class)
@OptionalServiceDependencies("org.ehcache.core.spi.service.StatisticsService")
public final class SqliteTierProvider extends SqliteTier.ProviderBase
    implements AuthoritativeTier.Provider {
  private static final Set<ResourceType<?>> SQLITE_ALONE = Set.of(SqliteResource.SQLITE);

  private final Map<Store<?, ?>, Opened> opened = new ConcurrentHashMap<>();

  SqliteTierProvider() {}

  /**
   * A tier in use.
   *
   * @param statistics what Ehcache's statistics reach only weakly
   */
  private record Opened(
      SqliteTier<?, ?> tier, SqliteFileService service, String alias, List<Object> statistics) {}

  @Override
  protected ResourceType<?> getResourceType() {
    return SqliteResource.SQLITE;
  }

  @Override
  public int rank(
      Set<ResourceType<?>> resources, Collection<ServiceConfiguration<?, ?>> configurations) {
    return resources.equals(SQLITE_ALONE) ? 1 : 0;
  }

  @Override
  public int rankAuthority(
      Set<ResourceType<?>> resources, Collection<ServiceConfiguration<?, ?>> configurations) {
    return resources.equals(SQLITE_ALONE) ? 1 : 0;
  }

  @Override
  public <K, V> Store<K, V> createStore(
      Store.Configuration<K, V> configuration, ServiceConfiguration<?, ?>... configurations) {
    SqliteTier<K, V> tier = open(configuration, configurations);
    Opened entry = requireOpened(tier);
    entry
        .statistics()
        .add(this
            .<K, V, StoreOperationOutcomes.GetOutcome, TierOperationOutcomes.GetOutcome>
                createTranslatedStatistic(
                    tier, "get", TierOperationOutcomes.GET_TRANSLATION, "get"));
    return tier;
  }

  @Override
  public <K, V> AuthoritativeTier<K, V> createAuthoritativeTier(
      Set<ResourceType<?>> resources,
      Store.Configuration<K, V> configuration,
      ServiceConfiguration<?, ?>... configurations) {
    SqliteTier<K, V> tier = open(configuration, configurations);
    Opened entry = requireOpened(tier);
    entry
        .statistics()
        .add(
            this
                .<K, V, GetAndFaultOutcome, TierOperationOutcomes.GetOutcome>
                    createTranslatedStatistic(
                        tier,
                        "get",
                        TierOperationOutcomes.GET_AND_FAULT_TRANSLATION,
                        "getAndFault"));
    return tier;
  }

  private <K, V> SqliteTier<K, V> open(
      Store.Configuration<K, V> configuration, ServiceConfiguration<?, ?>... configurations) {
    SqliteSpace space = findOptionalAmongst(SqliteSpace.class, (Object[]) configurations)
        .orElseThrow(() -> new IllegalStateException(
            "Ehcache gave no persistence space: is the SqliteFileService there?"));
    ServiceProvider<Service> services = getServiceProvider();
    SqliteFileService service = services.getService(SqliteFileService.class);
    TimeSource clock = services.getService(TimeSourceService.class).getTimeSource();
    TierConfiguration<K, V> tierConfiguration = tierConfiguration(configuration, configurations);
    EntryTable table = service.file().openTable(tierConfiguration.definition(space.alias()));
    var tier = new SqliteTier<>(
        configuration,
        tierConfiguration,
        table,
        service.path(),
        clock,
        service.eventRelay(),
        copiesAbove(configurations),
        getStatisticsService().orElse(null));
    List<Object> statistics = new ArrayList<>();
    statistics.add(this
        .<K, V, StoreOperationOutcomes.EvictionOutcome, TierOperationOutcomes.EvictionOutcome>
            createTranslatedStatistic(
                tier, "eviction", TierOperationOutcomes.EVICTION_TRANSLATION, "eviction"));
    opened.put(tier, new Opened(tier, service, space.alias(), statistics));
    return tier;
  }

  @SuppressWarnings("unchecked") // made for this very cache
  private static <K> @Nullable HeapCopies<K> copiesAbove(
      ServiceConfiguration<?, ?>... configurations) {
    HeapAbove above =
        findOptionalAmongst(HeapAbove.class, (Object[]) configurations).orElse(null);
    return above == null ? null : (HeapCopies<K>) above.copies();
  }

  private static <K, V> TierConfiguration<K, V> tierConfiguration(
      Store.Configuration<K, V> configuration, ServiceConfiguration<?, ?>... configurations) {
    TierConfiguration<?, ?> given =
        findOptionalAmongst(TierConfiguration.class, (Object[]) configurations).orElse(null);
    if (given != null) {
      @SuppressWarnings("unchecked") // added to the configuration of this very cache
      TierConfiguration<K, V> typed = (TierConfiguration<K, V>) given;
      return typed;
    }
    Codecs codecs = Codecs.builder().classLoader(configuration.getClassLoader()).build();
    Codec<K> keyCodec = SerializerCodec.ofExplicitKeySerializer(configuration, configurations)
        .orElseGet(() -> codecs.forKeyType(configuration.getKeyType()));
    Codec<V> valueCodec = SerializerCodec.ofExplicitValueSerializer(configuration, configurations)
        .orElseGet(() -> codecs.forType(configuration.getValueType()));
    SizedResourcePool pool =
        configuration.getResourcePools().getPoolForResource(SqliteResource.SQLITE);
    if (pool.getUnit() instanceof MemoryUnit unit) {
      return new TierConfiguration<>(
          keyCodec, valueCodec, TierConfiguration.UNLIMITED, unit.toBytes(pool.getSize()));
    }
    if (pool.getUnit() == EntryUnit.ENTRIES) {
      return new TierConfiguration<>(
          keyCodec, valueCodec, pool.getSize(), TierConfiguration.UNLIMITED);
    }
    throw new IllegalArgumentException(
        "An SQLite pool is sized in entries or bytes, not " + pool.getUnit());
  }

  private Opened requireOpened(Object store) {
    @SuppressWarnings("SuspiciousMethodCalls")
    Opened entry = opened.get(store);
    if (entry == null) {
      throw new IllegalArgumentException("Not an open tier of this provider: " + store);
    }
    return entry;
  }

  @Override
  public void initStore(Store<?, ?> store) {
    Opened entry = requireOpened(store);
    entry.service().register(entry.alias(), entry.tier());
  }

  @Override
  public void initAuthoritativeTier(AuthoritativeTier<?, ?> tier) {
    initStore(tier);
    Opened entry = requireOpened(tier);
    if (entry.service().coherence().mode() != Coherence.Mode.OFF) {
      entry.tier().followOthers();
    }
  }

  @Override
  public void releaseStore(Store<?, ?> store) {
    Opened entry = requireOpened(store);
    opened.remove(store);
    entry.service().unregister(entry.alias(), entry.tier());
    try {
      entry.tier().close();
    } finally {
      entry.service().closeTable(entry.alias());
      getStatisticsService().ifPresent(statistics -> statistics.cleanForNode(store));
    }
  }

  @Override
  public void releaseAuthoritativeTier(AuthoritativeTier<?, ?> tier) {
    releaseStore(tier);
  }
}
