package io.holdfast.jcache;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.management.CacheStatisticsMXBean;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * A cache of JSR-107 that persists. Safe from any thread.
 *
 * <p>This class checks arguments and state; the operations themselves are in {@link Reads}, {@link
 * Writes}, {@link Removals}, {@link Processing} and {@link BackgroundLoads}. A get that the heap
 * answers takes no lock; everything that changes an entry is alone with its key while it does.
 *
 * <p>Where the file fails, operations throw {@link javax.cache.CacheException}. A failed change is not
 * in the cache, unless the message says that its outcome is unknown.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class HoldfastCache<K, V> implements Cache<K, V> {
  private static final Logger logger = System.getLogger(HoldfastCache.class.getName());

  private final HoldfastCacheManager manager;
  private final Class<K> keyType;
  private final Class<V> valueType;
  private final String name;
  private final CacheParts<K, V> parts;
  private final @Nullable HeapHits<K, V> heapHits;
  private final Reads<K, V> reads;
  private final Writes<K, V> writes;
  private final Removals<K, V> removals;
  private final Processing<K, V> processing;
  private final BackgroundLoads<K, V> backgroundLoads;
  private final StandardBean statisticsBean;
  private final StandardBean configurationBean;
  private final List<Object> closeWithMe = new ArrayList<>();
  private volatile HoldfastConfiguration<K, V> configuration;
  private volatile boolean closed;

  HoldfastCache(
      HoldfastCacheManager manager,
      String name,
      HoldfastConfiguration<K, V> configuration,
      CacheAssembly<K, V> assembly) {
    this.manager = manager;
    this.name = name;
    this.configuration = configuration;
    this.keyType = configuration.getKeyType();
    this.valueType = configuration.getValueType();
    this.parts = assembly.partsOf(this);
    this.heapHits = parts.heapHits();
    this.reads = new Reads<>(parts);
    this.writes = new Writes<>(parts);
    this.removals = new Removals<>(parts);
    this.processing = new Processing<>(parts, name);
    this.backgroundLoads = new BackgroundLoads<>(parts, assembly.executor());
    this.statisticsBean =
        new StandardBean("CacheStatistics", manager.getURI(), name, parts.statistics());
    this.configurationBean = new StandardBean(
        "CacheConfiguration",
        manager.getURI(),
        name,
        new ConfigurationBean(() -> this.configuration));
    closeWithMe.addAll(assembly.userObjects());
  }

  CacheParts<K, V> parts() {
    return parts;
  }

  HoldfastConfiguration<K, V> configuration() {
    return configuration;
  }

  /** JSR-107's statistics, whether or not their MBean is registered. */
  public CacheStatisticsMXBean statistics() {
    return parts.statistics();
  }

  @Override
  public @Nullable V get(K key) {
    requireOpen();
    requireKey(key);
    V hit = heapHits == null ? null : heapHits.find(key);
    return hit == null ? reads.get(key) : hit;
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    requireOpen();
    requireKeys(keys);
    return reads.getAll(keys);
  }

  @Override
  public boolean containsKey(K key) {
    requireOpen();
    requireKey(key);
    return reads.containsKey(key);
  }

  @Override
  public void loadAll(
      Set<? extends K> keys,
      boolean replaceExistingValues,
      @Nullable CompletionListener completionListener) {
    requireOpen();
    requireKeys(keys);
    backgroundLoads.loadAll(keys, replaceExistingValues, completionListener);
  }

  @Override
  public void put(K key, V value) {
    requireOpen();
    requireKey(key);
    requireValue(value);
    writes.put(key, value);
  }

  @Override
  public @Nullable V getAndPut(K key, V value) {
    requireOpen();
    requireKey(key);
    requireValue(value);
    return writes.getAndPut(key, value);
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> map) {
    requireOpen();
    map.forEach((key, value) -> {
      requireKey(key);
      requireValue(value);
    });
    writes.putAll(map);
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    requireOpen();
    requireKey(key);
    requireValue(value);
    return writes.putIfAbsent(key, value);
  }

  @Override
  public boolean remove(K key) {
    requireOpen();
    requireKey(key);
    return removals.remove(key);
  }

  @Override
  public boolean remove(K key, V oldValue) {
    requireOpen();
    requireKey(key);
    requireValue(oldValue);
    return removals.remove(key, oldValue);
  }

  @Override
  public @Nullable V getAndRemove(K key) {
    requireOpen();
    requireKey(key);
    return removals.getAndRemove(key);
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    requireOpen();
    requireKey(key);
    requireValue(oldValue);
    requireValue(newValue);
    return writes.replace(key, oldValue, newValue);
  }

  @Override
  public boolean replace(K key, V value) {
    requireOpen();
    requireKey(key);
    requireValue(value);
    return writes.replace(key, value);
  }

  @Override
  public @Nullable V getAndReplace(K key, V value) {
    requireOpen();
    requireKey(key);
    requireValue(value);
    return writes.getAndReplace(key, value);
  }

  @Override
  public void removeAll(Set<? extends K> keys) {
    requireOpen();
    requireKeys(keys);
    removals.removeAll(keys);
  }

  @Override
  public void removeAll() {
    requireOpen();
    removals.removeAll();
  }

  @Override
  public void clear() {
    requireOpen();
    parts.backing().clear();
  }

  @Override
  public <T> @Nullable T invoke(
      K key, EntryProcessor<K, V, T> entryProcessor, @Nullable Object... arguments) {
    requireOpen();
    requireKey(key);
    Objects.requireNonNull(entryProcessor, "entryProcessor");
    return processing.invoke(key, checked(entryProcessor), arguments);
  }

  @Override
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys,
      EntryProcessor<K, V, T> entryProcessor,
      @Nullable Object... arguments) {
    requireOpen();
    requireKeys(keys);
    Objects.requireNonNull(entryProcessor, "entryProcessor");
    return processing.invokeAll(keys, checked(entryProcessor), arguments);
  }

  /** A processor may leave a value that is none of the configured type, by way of raw types. */
  private <T> EntryProcessor<K, V, T> checked(EntryProcessor<K, V, T> processor) {
    return valueType == Object.class
        ? processor
        : (entry, arguments) ->
            processor.process(new TypedEntry<>(entry, this::requireValue), arguments);
  }

  @Override
  public Iterator<Cache.Entry<K, V>> iterator() {
    requireOpen();
    return new EntryIterator<>(parts, this::requireOpen, this::remove);
  }

  @Override
  public void registerCacheEntryListener(
      CacheEntryListenerConfiguration<K, V> listenerConfiguration) {
    requireOpen();
    Objects.requireNonNull(listenerConfiguration, "cacheEntryListenerConfiguration");
    synchronized (this) {
      parts.listeners().register(listenerConfiguration);
      configuration = HoldfastConfiguration.builder(configuration)
          .withoutListener(listenerConfiguration)
          .listener(listenerConfiguration)
          .build();
    }
  }

  @Override
  public void deregisterCacheEntryListener(
      CacheEntryListenerConfiguration<K, V> listenerConfiguration) {
    requireOpen();
    Objects.requireNonNull(listenerConfiguration, "cacheEntryListenerConfiguration");
    synchronized (this) {
      Object listener = parts.listeners().deregister(listenerConfiguration);
      if (listener != null) {
        configuration = HoldfastConfiguration.builder(configuration)
            .withoutListener(listenerConfiguration)
            .build();
        closeQuietly(listener);
      }
    }
  }

  @Override
  public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
    return Unwrapping.of(type, configuration);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public CacheManager getCacheManager() {
    return manager;
  }

  /**
   * This cache, the Ehcache cache below, or, of a cache in a file, its {@link Leases} or {@link StoredEntries}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  @Override
  public <T> T unwrap(Class<T> type) {
    Stream<Object> own = Stream.of(this, parts.backing().ehcache());
    return Unwrapping.of(type, Stream.concat(own, parts.facets()).toArray());
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  /** Closes the cache; its entries stay in the file. Closing twice is quiet. */
  @Override
  public void close() {
    manager.closeCache(this);
  }

  synchronized void enableStatistics(boolean enabled) {
    configuration =
        HoldfastConfiguration.builder(configuration).statistics(enabled).build();
    parts.statistics().enable(enabled);
    statisticsBean.setRegistered(enabled);
  }

  synchronized void enableManagement(boolean enabled) {
    configuration =
        HoldfastConfiguration.builder(configuration).management(enabled).build();
    configurationBean.setRegistered(enabled);
  }

  /** What the manager does not do itself when it closes a cache: beans, listeners, user objects. */
  void releaseOwn() {
    closed = true;
    statisticsBean.setRegistered(false);
    configurationBean.setRegistered(false);
    parts.listeners().close().forEach(HoldfastCache::closeQuietly);
    closeWithMe.forEach(HoldfastCache::closeQuietly);
  }

  // JSR-107: user objects that are Closeable are closed with the cache.
  private static void closeQuietly(Object userObject) {
    if (!(userObject instanceof Closeable closeable)) {
      return;
    }
    try {
      closeable.close();
    } catch (IOException | RuntimeException e) {
      logger.log(
          Level.WARNING, () -> userObject.getClass().getName() + " failed to close; going on", e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("Cache '" + name + "' is closed");
    }
  }

  private void requireKey(K key) {
    requireType("key", key, keyType);
  }

  private void requireValue(V value) {
    requireType("value", value, valueType);
  }

  private void requireKeys(Set<? extends K> keys) {
    keys.forEach(this::requireKey);
  }

  private void requireType(String what, @Nullable Object object, Class<?> type) {
    if (object == null || (object.getClass() != type && !type.isInstance(object))) {
      throw wrongType(what, object, type);
    }
  }

  private RuntimeException wrongType(String what, @Nullable Object object, Class<?> type) {
    return object == null
        ? new NullPointerException(what)
        : new ClassCastException("Cache '"
            + name
            + "' takes a "
            + what
            + " of "
            + type.getName()
            + ", not of "
            + object.getClass().getName());
  }
}
