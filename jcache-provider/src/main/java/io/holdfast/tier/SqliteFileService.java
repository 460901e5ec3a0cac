package io.holdfast.tier;

import io.holdfast.store.CacheFile;
import io.holdfast.store.Coherence;
import io.holdfast.store.StoreException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.ehcache.CachePersistenceException;
import org.ehcache.config.ResourcePool;
import org.ehcache.config.ResourceType;
import org.ehcache.core.spi.time.TimeSourceService;
import org.ehcache.spi.persistence.PersistableResourceService;
import org.ehcache.spi.persistence.StateRepository;
import org.ehcache.spi.service.MaintainableService;
import org.ehcache.spi.service.Service;
import org.ehcache.spi.service.ServiceDependencies;
import org.ehcache.spi.service.ServiceProvider;
import org.jspecify.annotations.Nullable;

/**
 * Holds the SQLite file of one cache manager, open from the manager's {@code init} to its {@code
 * close}. Safe from any thread.
 *
 * <p>Either Ehcache makes it from a {@link SqliteFileConfiguration}, or the caller makes it and passes
 * it with {@code CacheManagerBuilder.using(service)}, to keep it at hand for {@link #destroy} and
 * {@link #findStatistics}.
 */
@ServiceDependencies(TimeSourceService.class)
public final class SqliteFileService implements PersistableResourceService {
  private final SqliteFileConfiguration configuration;
  private final Map<String, SqliteTier<?, ?>> tiers = new ConcurrentHashMap<>();
  private final Housekeeper housekeeper;
  private final EventRelay eventRelay;
  private volatile @Nullable CacheFile file;

  public SqliteFileService(SqliteFileConfiguration configuration) {
    this.configuration = configuration;
    this.housekeeper = new Housekeeper(configuration.housekeepingInterval(), tiers::values);
    this.eventRelay = new EventRelay("holdfast-events " + path().getFileName());
  }

  /** Where the file is. */
  public Path path() {
    return configuration.settings().file();
  }

  /**
   * The open file.
   *
   * @throws IllegalStateException before the manager's {@code init} and after its {@code close}
   */
  public CacheFile file() {
    CacheFile open = file;
    if (open == null) {
      throw new IllegalStateException("The cache file is not open: " + path());
    }
    return open;
  }

  /** How the heap tiers of this file follow what other processes write. */
  public Coherence coherence() {
    return configuration.coherence();
  }

  /** The counters of an open cache, or empty if none of this alias is open. Cheap: sizes are read once a second at most. */
  public Optional<TierStatistics> findStatistics(String alias) {
    SqliteTier<?, ?> tier = tiers.get(alias);
    return tier == null ? Optional.empty() : Optional.of(tier.statistics());
  }

  /**
   * Deletes the rows of an open cache that are expired now, with their EXPIRED events, and writes
   * buffered expiry times; what the housekeeping thread does by itself from time to time.
   *
   * @return how many rows were deleted
   * @throws IllegalArgumentException if no cache of this alias is open
   * @throws StoreException if the file cannot be read or written
   */
  public int sweepExpired(String alias) {
    return open(alias).sweep();
  }

  /**
   * Shows the entries of an open cache that were created at that moment or later, as they stand in the file: past the
   * heap, and without counting as accesses. Those that expired, or that cannot be read, are passed over. What others
   * write meanwhile is shown or not.
   *
   * @param sinceMillis Unix milliseconds
   * @param visitor gets keys and values as the tier keeps them, on this thread
   * @throws IllegalArgumentException if no cache of this alias is open
   * @throws StoreException if the file cannot be read
   */
  public void showCreated(String alias, long sinceMillis, BiConsumer<Object, Object> visitor) {
    open(alias).showCreated(sinceMillis, visitor);
  }

  private SqliteTier<?, ?> open(String alias) {
    SqliteTier<?, ?> tier = tiers.get(alias);
    if (tier == null) {
      throw new IllegalArgumentException("No cache '" + alias + "' is open in " + path());
    }
    return tier;
  }

  @Override
  public void start(ServiceProvider<Service> services) {
    var timeSource = services.getService(TimeSourceService.class).getTimeSource();
    CacheFile opened = CacheFile.open(configuration.settings(), timeSource::getTimeMillis);
    opened.watch(configuration.coherence());
    file = opened;
    // On a thread with nothing locked: an operation may wait for the file
    // inside a fault of the heap.
    opened.whenReplaced(
        () -> eventRelay.execute(() -> tiers.values().forEach(SqliteTier::fileReplaced)));
    housekeeper.start("holdfast-housekeeper " + path().getFileName());
  }

  @Override
  public void startForMaintenance(
      ServiceProvider<? super MaintainableService> services, MaintenanceScope scope) {
    file = CacheFile.open(configuration.settings(), System::currentTimeMillis);
  }

  @Override
  public void stop() {
    housekeeper.stop();
    eventRelay.stop();
    CacheFile open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public boolean handlesResourceType(ResourceType<?> resourceType) {
    return resourceType == SqliteResource.SQLITE;
  }

  @Override
  public PersistenceSpaceIdentifier<?> getPersistenceSpaceIdentifier(
      String alias, ResourcePool pool) throws CachePersistenceException {
    if (!pool.isPersistent()) {
      destroy(alias);
    }
    return new SqliteSpace(alias, pool.isPersistent());
  }

  @Override
  public PersistenceSpaceIdentifier<?> getSharedPersistenceSpaceIdentifier(ResourcePool pool) {
    throw new UnsupportedOperationException(
        "Caches do not share rows; give each its own SQLite pool");
  }

  @Override
  public void releasePersistenceSpaceIdentifier(PersistenceSpaceIdentifier<?> identifier)
      throws CachePersistenceException {
    SqliteSpace space = require(identifier);
    if (!space.isPersistent()) {
      destroy(space.alias());
    }
  }

  @Override
  public StateRepository getStateRepositoryWithin(
      PersistenceSpaceIdentifier<?> identifier, String name) throws CachePersistenceException {
    return new SqliteStateRepository(file().state(require(identifier).alias()), name);
  }

  private static SqliteSpace require(PersistenceSpaceIdentifier<?> identifier)
      throws CachePersistenceException {
    if (identifier instanceof SqliteSpace space) {
      return space;
    }
    throw new CachePersistenceException("Not a cache in an SQLite file: " + identifier);
  }

  /**
   * Deletes a cache with its rows; quiet if there is none. Opens the file for this if it is closed. The
   * cache must be closed.
   *
   * @throws CachePersistenceException if the file cannot be written; the rows are still there
   */
  @Override
  public void destroy(String alias) throws CachePersistenceException {
    try {
      withFile(open -> open.drop(alias));
    } catch (StoreException e) {
      throw new CachePersistenceException(
          "Could not destroy cache '" + alias + "' in " + path(), e);
    }
  }

  /** Deletes all caches of the file, as {@link #destroy} does. */
  @Override
  public void destroyAll() throws CachePersistenceException {
    try {
      withFile(open -> open.caches().forEach(cache -> open.drop(cache.name())));
    } catch (StoreException e) {
      throw new CachePersistenceException("Could not destroy the caches in " + path(), e);
    }
  }

  private void withFile(Consumer<CacheFile> action) {
    CacheFile open = file;
    if (open != null) {
      action.accept(open);
      return;
    }
    try (CacheFile opened = CacheFile.open(configuration.settings(), System::currentTimeMillis)) {
      action.accept(opened);
    }
  }

  /** Calls listeners on a thread of its own. */
  Executor eventRelay() {
    return eventRelay;
  }

  /** Nobody of this manager uses the table of a cache any more. */
  void closeTable(String alias) {
    CacheFile open = file;
    if (open != null) {
      open.closeTable(alias);
    }
  }

  void register(String alias, SqliteTier<?, ?> tier) {
    tiers.put(alias, tier);
  }

  void unregister(String alias, SqliteTier<?, ?> tier) {
    tiers.remove(alias, tier);
  }
}
