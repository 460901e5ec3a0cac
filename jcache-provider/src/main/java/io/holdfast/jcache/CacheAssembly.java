package io.holdfast.jcache;

import io.holdfast.encryption.Rotation;
import io.holdfast.encryption.ValueKeys;
import io.holdfast.heap.HeapTier;
import io.holdfast.heap.HeapTierConfiguration;
import io.holdfast.tier.KeyLeases;
import io.holdfast.tier.SqliteFileService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.ehcache.core.InternalCache;
import org.ehcache.core.spi.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** Puts the parts of one cache together: the user's objects are made here, each once. */
final class CacheAssembly<K, V> {
  private final String name;
  private final Form<K> keys;
  private final Form<V> values;
  private final Executor executor;
  private final boolean isPersistent;
  private final ExpiryPolicy expiry;
  private final org.ehcache.expiry.ExpiryPolicy<Object, Object> adaptedExpiry;
  private final @Nullable CacheLoader<K, V> loader;
  private final @Nullable CacheWriter<? super K, ? super V> writer;
  private final boolean isReadThrough;
  private final DirectEventDispatcher dispatcher = new DirectEventDispatcher();
  private final @Nullable HeapTierConfiguration heap;
  private @Nullable InternalCache<Object, Object> ehcache;
  private @Nullable Runnable beforeReading;
  private LongSupplier evictions = () -> 0;
  private @Nullable SqliteFileService file;
  private @Nullable KeyLeases<Object> leases;
  private boolean loadsUnderLease;
  private @Nullable CacheEncryption encryption;

  CacheAssembly(
      String name,
      HoldfastConfiguration<K, V> configuration,
      Form<K> keys,
      Form<V> values,
      boolean isPersistent,
      TimeSource clock,
      Executor executor) {
    this.name = name;
    this.keys = keys;
    this.values = values;
    this.executor = executor;
    this.isPersistent = isPersistent;
    this.heap = isPersistent ? new HeapTierConfiguration() : null;
    this.expiry = configuration.getExpiryPolicyFactory().create();
    this.adaptedExpiry = ExpiryAdapter.adapt(expiry, clock);
    this.loader = create(configuration.getCacheLoaderFactory());
    this.isReadThrough = configuration.isReadThrough() && loader != null;
    this.writer =
        configuration.isWriteThrough() ? create(configuration.getCacheWriterFactory()) : null;
  }

  private static <T> @Nullable T create(@Nullable Factory<? extends T> factory) {
    return factory == null ? null : factory.create();
  }

  Executor executor() {
    return executor;
  }

  /** The heap tier above the file, once Ehcache has made the cache; null for a cache without a file. */
  @Nullable
  HeapTier<Object, Object> heapTier() {
    return heap == null ? null : heap.tier();
  }

  CachePlan plan(
      HoldfastConfiguration<K, V> configuration,
      CacheLimits limits,
      @Nullable ValueKeys valueKeys) {
    Class<?> valueClass = values instanceof Form.Frozen ? Held.class : configuration.getValueType();
    return new CachePlan(
        name,
        configuration.getKeyType(),
        valueClass,
        keys,
        values,
        limits,
        valueKeys,
        adaptedExpiry,
        heap,
        dispatcher);
  }

  private Accesses accesses() {
    if (!(adaptedExpiry instanceof ExpiryAdapter)) {
      return Accesses.LEFT_TO_THE_HEAP;
    }
    return isPersistent ? Accesses.CORRECTED_IN_THE_FILE : Accesses.CORRECTED_IN_THE_HEAP;
  }

  /**
   * The Ehcache cache made to this assembly's plan.
   *
   * @param beforeEachRead done before the heap tier is asked; null for nothing
   * @param evictionCount where evictions are counted
   */
  void connect(
      InternalCache<Object, Object> made,
      @Nullable Runnable beforeEachRead,
      LongSupplier evictionCount) {
    ehcache = made;
    beforeReading = beforeEachRead;
    evictions = evictionCount;
  }

  /**
   * Lets the cache lease its keys and show its rows, if it is in a file.
   *
   * @param underLease whether one of several processes loads what is missing
   */
  void keptIn(@Nullable SqliteFileService openFile, boolean underLease) {
    file = openFile;
    leases = openFile == null ? null : new KeyLeases<>(openFile, name, keys.keptCodec());
    loadsUnderLease = underLease;
  }

  /** Lets users see to the keys of the values, if they are encrypted. */
  void encryptedIn(@Nullable SqliteFileService openFile, @Nullable ValueKeys valueKeys) {
    if (openFile != null && valueKeys != null) {
      encryption = new CacheEncryption(name, valueKeys, () -> Rotation.of(openFile.file(), name));
    }
  }

  CacheParts<K, V> partsOf(Cache<K, V> cache) {
    InternalCache<Object, Object> connected = ehcache;
    if (connected == null) {
      throw new IllegalStateException("connect() comes first");
    }
    OperationCounters counters = new OperationCounters();
    BackingCache<K, V> backing = new BackingCache<>(
        name,
        connected,
        keys,
        values,
        accesses(),
        cache::isClosed,
        beforeReading == null ? () -> {} : beforeReading);
    EntryListeners<K, V> listeners =
        new EntryListeners<>(cache, keys, values, dispatcher, executor, backing.detours());
    StatisticsBean statistics = new StatisticsBean(counters, evictions);
    return new CacheParts<>(
        backing,
        new KeyLocks(),
        listeners,
        counters,
        statistics,
        new Loading<>(loader, isReadThrough, loadsUnderLease, backing),
        new Writing<>(writer, backing),
        heapHits(backing, counters, statistics),
        file == null ? null : new CacheEntries<>(name, backing, file, cache::isClosed),
        leases,
        encryption);
  }

  private @Nullable HeapHits<K, V> heapHits(
      BackingCache<K, V> backing, OperationCounters counters, StatisticsBean statistics) {
    HeapTier<Object, Object> tier = heapTier();
    return tier != null && ExpiryAdapter.ignoresAccess(adaptedExpiry)
        ? new HeapHits<>(
            tier,
            backing,
            beforeReading != null,
            values instanceof Form.Shared,
            counters,
            statistics)
        : null;
  }

  /** What the user's factories made, to be closed with the cache. */
  List<Object> userObjects() {
    List<Object> made = new ArrayList<>();
    made.add(expiry);
    if (loader != null) {
      made.add(loader);
    }
    if (writer != null) {
      made.add(writer);
    }
    return made;
  }
}
