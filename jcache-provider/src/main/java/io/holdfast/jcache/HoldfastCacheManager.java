package io.holdfast.jcache;

import io.holdfast.encryption.ValueKeys;
import io.holdfast.store.StoreSettings;
import io.holdfast.tier.SqliteFileConfiguration;
import io.holdfast.tier.SqliteFileService;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.spi.CachingProvider;
import org.ehcache.CachePersistenceException;
import org.ehcache.core.InternalCache;
import org.ehcache.core.spi.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A cache manager whose caches share one file, named by its URI. Safe from any thread.
 *
 * <p>Asking for a manager touches no file: it is opened with the first cache that needs it. Closing
 * the manager or a cache keeps the entries; {@link #destroyCache} deletes them.
 */
public final class HoldfastCacheManager implements CacheManager {
  private final HoldfastCachingProvider provider;
  private final URI uri;
  private final WeakReference<ClassLoader> classLoader;
  private final Properties properties;
  private final ManagerSettings settings;
  private final ManagerKeys keys;
  private final SharedFile file;
  private final Monitors monitors;
  private final TimeSource clock;
  private final Engine heapEngine;
  private final Engine fileEngine;
  private final ExecutorService threads = ManagerThreads.start();
  private final Map<String, OpenedCache> caches = new ConcurrentHashMap<>();
  private @Nullable OpenFile openFile;
  private volatile boolean closed;

  private record OpenedCache(
      HoldfastCache<?, ?> cache,
      OpenCache monitored,
      Engine engine,
      CacheClaims.@Nullable Claim claim) {}

  HoldfastCacheManager(
      HoldfastCachingProvider provider,
      URI uri,
      ClassLoader classLoader,
      Properties properties,
      Monitors monitors,
      TimeSource clock) {
    this.provider = provider;
    this.uri = uri;
    this.classLoader = new WeakReference<>(classLoader);
    this.properties = properties;
    this.settings = ManagerSettings.from(properties);
    this.keys = new ManagerKeys(settings.keySource());
    this.file = new SharedFile(CacheFileLocation.of(uri, properties), uri);
    this.monitors = monitors;
    this.clock = clock;
    this.heapEngine = Engine.onHeap(classLoader, clock);
    StoreSettings store = StoreSettings.of(file.path())
        .with(settings.durability(), settings.relaxed())
        .withCorruption(settings.corruption())
        .with(settings.fileLimits());
    this.fileEngine = Engine.onFile(
        classLoader,
        clock,
        new SqliteFileConfiguration(
            store, SqliteFileConfiguration.DEFAULT_HOUSEKEEPING_INTERVAL, settings.coherence()));
  }

  @Override
  public CachingProvider getCachingProvider() {
    return provider;
  }

  @Override
  public URI getURI() {
    return uri;
  }

  @Override
  public @Nullable ClassLoader getClassLoader() {
    return classLoader.get();
  }

  /** A copy of what the manager was made with. */
  @Override
  public Properties getProperties() {
    Properties copy = new Properties();
    copy.putAll(properties);
    return copy;
  }

  /** The cache file of this manager, whether or not it exists yet. */
  public Path file() {
    return file.path();
  }

  /**
   * Creates a cache. Entries that the file holds under this name are in it, provided they were
   * written with the same codecs for types of the same shape; otherwise it starts empty.
   *
   * <p>If another manager of this process has a cache of this name open in the same file, and the file
   * is that of the default URI, this cache is kept in the heap alone, with a warning in the log.
   *
   * @throws CacheException if a cache of this name is open here; or in another manager of this process
   *     on the same file, named by URI; or the file cannot be opened
   * @throws UnsupportedOperationException if the configuration asks for store by reference
   */
  @Override
  public synchronized <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(
      String cacheName, C configuration) {
    requireOpen();
    Objects.requireNonNull(cacheName, "cacheName");
    Objects.requireNonNull(configuration, "configuration");
    if (!configuration.isStoreByValue()) {
      throw new UnsupportedOperationException(
          "Cache '" + cacheName + "': entries that persist are stored by value, not by reference");
    }
    if (caches.containsKey(cacheName)) {
      throw new CacheException("A cache named '" + cacheName + "' exists already in " + uri);
    }
    HoldfastConfiguration<K, V> ours =
        HoldfastConfiguration.builder(configuration).build();
    CacheLimits limits = limitsOf(cacheName, ours);
    SharedFile.Place place = file.claim(cacheName, limits);
    HoldfastCache<K, V> cache;
    try {
      cache = open(cacheName, ours, place.limits(), place.claim());
    } catch (RuntimeException e) {
      place.release();
      throw e;
    }
    configureOpened(cache, ours);
    return cache;
  }

  private CacheLimits limitsOf(String cacheName, HoldfastConfiguration<?, ?> configuration) {
    try {
      return configuration.limits(settings.defaults());
    } catch (IllegalArgumentException e) {
      throw new CacheException("Cache '" + cacheName + "': " + e.getMessage(), e);
    }
  }

  private <K, V> HoldfastCache<K, V> open(
      String cacheName,
      HoldfastConfiguration<K, V> configuration,
      CacheLimits limits,
      CacheClaims.@Nullable Claim claim) {
    CacheAssembly<K, V> assembly;
    ValueKeys valueKeys;
    Engine engine = limits.persistent() ? fileEngine : heapEngine;
    InternalCache<Object, Object> ehcache;
    try {
      CodecSelection codecs =
          new CodecSelection(configuration, settings.allowedClasses(), getClassLoader());
      assembly = new CacheAssembly<>(
          cacheName,
          configuration,
          codecs.keyForm(configuration, limits.persistent()),
          codecs.valueForm(configuration),
          limits.persistent(),
          clock,
          threads);
      valueKeys = keys.keysOf(configuration, limits, getClassLoader());
      ehcache = engine.create(assembly.plan(configuration, limits, valueKeys));
    } catch (RuntimeException e) {
      throw Failures.of("open", cacheName, e);
    }
    tellOfOpenFile();
    Engine.Figures figures = engine.figures(cacheName, assembly.heapTier());
    assembly.connect(ehcache, engine.beforeReading(), figures::evictions);
    assembly.keptIn(engine.openFile(), settings.leases());
    assembly.encryptedIn(engine.openFile(), valueKeys);
    HoldfastCache<K, V> cache = new HoldfastCache<>(this, cacheName, configuration, assembly);
    OpenCache monitored = new OpenCache(
        cacheName,
        uri,
        cache.parts().counters(),
        cache.parts().backing(),
        figures,
        limits.heapEntries());
    caches.put(cacheName, new OpenedCache(cache, monitored, engine, claim));
    if (claim != null) {
      claim.emptyWith(cache.parts().backing()::clear);
    }
    monitors.tell(monitor -> monitor.cacheOpened(monitored));
    return cache;
  }

  private void tellOfOpenFile() {
    SqliteFileService service = fileEngine.openFile();
    if (service != null && openFile == null) {
      OpenFile opened = new OpenFile(service.file());
      openFile = opened;
      monitors.tell(monitor -> monitor.fileOpened(opened));
    }
  }

  private <K, V> void configureOpened(
      HoldfastCache<K, V> cache, HoldfastConfiguration<K, V> configuration) {
    try {
      configuration
          .getCacheEntryListenerConfigurations()
          .forEach(cache::registerCacheEntryListener);
      cache.enableStatistics(configuration.isStatisticsEnabled());
      cache.enableManagement(configuration.isManagementEnabled());
    } catch (RuntimeException e) {
      cache.close();
      throw e;
    }
  }

  @Override
  public <K, V> @Nullable Cache<K, V> getCache(
      String cacheName, Class<K> keyType, Class<V> valueType) {
    Objects.requireNonNull(keyType, "keyType");
    Objects.requireNonNull(valueType, "valueType");
    Cache<K, V> cache = getCache(cacheName);
    if (cache != null) {
      Configuration<K, V> configuration = ((HoldfastCache<K, V>) cache).configuration();
      RequestedTypes.require(cacheName, "keys", configuration.getKeyType(), keyType);
      RequestedTypes.require(cacheName, "values", configuration.getValueType(), valueType);
    }
    return cache;
  }

  // The caller says the types; getCache with classes checks them.
  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <K, V> @Nullable Cache<K, V> getCache(String cacheName) {
    requireOpen();
    Objects.requireNonNull(cacheName, "cacheName");
    OpenedCache opened = caches.get(cacheName);
    return opened == null ? null : (Cache<K, V>) opened.cache();
  }

  @Override
  public Iterable<String> getCacheNames() {
    requireOpen();
    return List.copyOf(caches.keySet());
  }

  /**
   * Closes the cache, if it is open here, and deletes its entries from the file, open or not.
   *
   * <p>If another manager of this process has the cache open in the same file, named by URI, its cache
   * stays open and is empty from now on. A manager of the default URI leaves that other cache alone:
   * who did not name the file never asked to share it.
   *
   * @throws CacheException if the file cannot be written; the entries are still there
   */
  @Override
  public synchronized void destroyCache(String cacheName) {
    requireOpen();
    Objects.requireNonNull(cacheName, "cacheName");
    OpenedCache opened = caches.get(cacheName);
    if (opened != null) {
      opened.cache().close();
    }
    try {
      file.destroy(cacheName, fileEngine);
    } catch (CachePersistenceException e) {
      throw Failures.of("destroy a cache", cacheName, e);
    }
  }

  @Override
  public void enableManagement(String cacheName, boolean enabled) {
    HoldfastCache<?, ?> cache = find(cacheName);
    if (cache != null) {
      cache.enableManagement(enabled);
    }
  }

  @Override
  public void enableStatistics(String cacheName, boolean enabled) {
    HoldfastCache<?, ?> cache = find(cacheName);
    if (cache != null) {
      cache.enableStatistics(enabled);
    }
  }

  private @Nullable HoldfastCache<?, ?> find(String cacheName) {
    requireOpen();
    Objects.requireNonNull(cacheName, "cacheName");
    OpenedCache opened = caches.get(cacheName);
    return opened == null ? null : opened.cache();
  }

  synchronized void closeCache(HoldfastCache<?, ?> cache) {
    OpenedCache opened = caches.get(cache.getName());
    if (opened == null || opened.cache() != cache) {
      return;
    }
    caches.remove(cache.getName());
    cache.releaseOwn();
    try {
      opened.engine().remove(cache.getName());
    } finally {
      if (opened.claim() != null) {
        opened.claim().close();
      }
      monitors.tell(monitor -> monitor.cacheClosed(opened.monitored()));
    }
  }

  /** Closes all caches and the file; entries stay. Closing twice is quiet. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    Closing closing = new Closing();
    caches.values().forEach(opened -> closing.attempt(opened.cache()::close));
    closed = true;
    closing.attempt(heapEngine::close);
    closing.attempt(fileEngine::close);
    closing.attempt(keys::close);
    OpenFile opened = openFile;
    if (opened != null) {
      monitors.tell(monitor -> monitor.fileClosed(opened));
    }
    threads.shutdown();
    provider.forget(this);
    closing.throwIfFailed();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized <T> T unwrap(Class<T> type) {
    List<Object> candidates = new ArrayList<>(List.of(this));
    Stream.of(fileEngine.ehcache(), heapEngine.ehcache())
        .filter(Objects::nonNull)
        .forEach(candidates::add);
    return Unwrapping.of(type, candidates.toArray());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The cache manager of " + uri + " is closed");
    }
  }
}
