package io.holdfast.jcache;

import io.holdfast.codec.Codec;
import io.holdfast.encryption.ValueKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one cache: JSR-107's settings and ours. Immutable. What is left open comes from
 * the manager's Properties and the system properties ({@link HoldfastProperties}).
 *
 * <pre>{@code
 * HoldfastConfiguration<String, Report> configuration =
 *     HoldfastConfiguration.builder(String.class, Report.class)
 *         .heapEntries(1_000)
 *         .diskBytes(256L << 20)
 *         .immutable(Report.class)
 *         .build();
 * }</pre>
 *
 * <p>Codecs and keys are not serialised with it: they are part of a running cache.
 *
 * <p>A cache may be opened again with another configuration than its entries were written with:
 *
 * <ul>
 *   <li>other key or value types, another codec, a declared class of another shape: the cache starts
 *       empty, with a warning in the log; other caches of the file are untouched
 *   <li>a class of another shape in a cache of {@code Object}, or in a field open to any class: the
 *       entries that hold it are gone, with a warning in the log
 *   <li>a class that is no longer allowed: reading its entries fails by name; nothing is deleted
 *   <li>another expiry policy: entries keep the expiry they have until they are used or changed
 *   <li>smaller limits of the file: entries are evicted down to them with the next write
 *   <li>encrypted values from now on: the cache starts empty, with a warning in the log
 *   <li>no keys for encrypted values: the cache is not opened; nothing is deleted
 *   <li>{@link Builder#heapOnly()}: the entries in the file stay there, unseen
 *   <li>statistics, management, listeners, loader, writer, heap entries, immutable types: nothing of
 *       these is in the file; counters start from zero
 *   <li>another durability: it is the manager's, and that of the first to open the file
 * </ul>
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class HoldfastConfiguration<K, V> implements CompleteConfiguration<K, V> {
  private static final long serialVersionUID = 1L;

  /** A private copy that nobody changes. */
  private final MutableConfiguration<K, V> standard;

  private final @Nullable Boolean persistent;
  private final @Nullable Long heapEntries;
  private final @Nullable Long diskEntries;
  private final @Nullable Long diskBytes;
  private final @Nullable Long maxIdleMillis;
  private final Set<Class<?>> immutableTypes;
  private final List<String> allowedClasses;
  private final transient @Nullable Codec<K> keyCodec;
  private final transient @Nullable Codec<V> valueCodec;
  private final boolean encrypted;
  private final transient @Nullable ValueKeys valueKeys;

  private HoldfastConfiguration(Builder<K, V> builder, CompleteConfiguration<K, V> standard) {
    this.standard = new MutableConfiguration<>(standard);
    this.persistent = builder.persistent;
    this.heapEntries = builder.heapEntries;
    this.diskEntries = builder.diskEntries;
    this.diskBytes = builder.diskBytes;
    this.maxIdleMillis = builder.maxIdleMillis;
    this.immutableTypes = Set.copyOf(builder.immutableTypes);
    this.allowedClasses = List.copyOf(builder.allowedClasses);
    this.keyCodec = builder.keyCodec;
    this.valueCodec = builder.valueCodec;
    this.encrypted = builder.encrypted;
    this.valueKeys = builder.valueKeys;
  }

  /** A configuration to be filled in, for these types. */
  public static <K, V> Builder<K, V> builder(Class<K> keyType, Class<V> valueType) {
    return new Builder<>(new MutableConfiguration<K, V>().setTypes(keyType, valueType));
  }

  /** Starts from any JSR-107 configuration, ours included. */
  public static <K, V> Builder<K, V> builder(Configuration<K, V> configuration) {
    Builder<K, V> builder = new Builder<>(completed(configuration));
    if (configuration instanceof HoldfastConfiguration<K, V> ours) {
      builder.persistent = ours.persistent;
      builder.heapEntries = ours.heapEntries;
      builder.diskEntries = ours.diskEntries;
      builder.diskBytes = ours.diskBytes;
      builder.maxIdleMillis = ours.maxIdleMillis;
      builder.immutableTypes.addAll(ours.immutableTypes);
      builder.allowedClasses.addAll(ours.allowedClasses);
      builder.keyCodec = ours.keyCodec;
      builder.valueCodec = ours.valueCodec;
      builder.encrypted = ours.encrypted;
      builder.valueKeys = ours.valueKeys;
    }
    return builder;
  }

  private static <K, V> MutableConfiguration<K, V> completed(Configuration<K, V> configuration) {
    if (configuration instanceof CompleteConfiguration<K, V> complete) {
      return new MutableConfiguration<>(complete);
    }
    return new MutableConfiguration<K, V>()
        .setTypes(configuration.getKeyType(), configuration.getValueType())
        .setStoreByValue(configuration.isStoreByValue());
  }

  /** Where the cache lives and how much it may hold, with the manager's values for what is open. */
  CacheLimits limits(CacheLimits defaults) {
    boolean isPersistent = persistent == null ? defaults.persistent() : persistent;
    return new CacheLimits(
        isPersistent,
        heapEntries == null ? defaults.heapEntries() : heapEntries,
        diskEntries == null ? defaults.diskEntries() : diskEntries,
        diskBytes == null ? defaults.diskBytes() : diskBytes,
        maxIdleMillis == null ? defaults.maxIdleMillis() : maxIdleMillis);
  }

  /** Types whose objects are handed out without a copy. */
  public Set<Class<?>> immutableTypes() {
    return immutableTypes;
  }

  /** Patterns of classes that Java serialisation may write and read for this cache. */
  public List<String> allowedClasses() {
    return allowedClasses;
  }

  @Nullable
  Codec<K> keyCodec() {
    return keyCodec;
  }

  @Nullable
  Codec<V> valueCodec() {
    return valueCodec;
  }

  /** Whether values are encrypted; without keys if this was serialised in between. */
  boolean isEncrypted() {
    return encrypted;
  }

  @Nullable
  ValueKeys valueKeys() {
    return valueKeys;
  }

  @Override
  public Class<K> getKeyType() {
    return standard.getKeyType();
  }

  @Override
  public Class<V> getValueType() {
    return standard.getValueType();
  }

  @Override
  public boolean isStoreByValue() {
    return standard.isStoreByValue();
  }

  @Override
  public boolean isReadThrough() {
    return standard.isReadThrough();
  }

  @Override
  public boolean isWriteThrough() {
    return standard.isWriteThrough();
  }

  @Override
  public boolean isStatisticsEnabled() {
    return standard.isStatisticsEnabled();
  }

  @Override
  public boolean isManagementEnabled() {
    return standard.isManagementEnabled();
  }

  @Override
  public Iterable<CacheEntryListenerConfiguration<K, V>> getCacheEntryListenerConfigurations() {
    List<CacheEntryListenerConfiguration<K, V>> copy = new ArrayList<>();
    standard.getCacheEntryListenerConfigurations().forEach(copy::add);
    return List.copyOf(copy);
  }

  @Override
  public @Nullable Factory<CacheLoader<K, V>> getCacheLoaderFactory() {
    return standard.getCacheLoaderFactory();
  }

  @Override
  public @Nullable Factory<CacheWriter<? super K, ? super V>> getCacheWriterFactory() {
    return standard.getCacheWriterFactory();
  }

  @Override
  public Factory<ExpiryPolicy> getExpiryPolicyFactory() {
    return standard.getExpiryPolicyFactory();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HoldfastConfiguration<?, ?> that
        && standard.equals(that.standard)
        && java.util.Objects.equals(persistent, that.persistent)
        && java.util.Objects.equals(heapEntries, that.heapEntries)
        && java.util.Objects.equals(diskEntries, that.diskEntries)
        && java.util.Objects.equals(diskBytes, that.diskBytes)
        && java.util.Objects.equals(maxIdleMillis, that.maxIdleMillis)
        && immutableTypes.equals(that.immutableTypes)
        && allowedClasses.equals(that.allowedClasses)
        && java.util.Objects.equals(keyCodec, that.keyCodec)
        && java.util.Objects.equals(valueCodec, that.valueCodec)
        && encrypted == that.encrypted
        && java.util.Objects.equals(valueKeys, that.valueKeys);
  }

  @Override
  public int hashCode() {
    return standard.hashCode();
  }

  /**
   * Collects settings; not safe for several threads.
   *
   * @param <K> the type of keys
   * @param <V> the type of values
   */
  public static final class Builder<K, V> {
    private final MutableConfiguration<K, V> standard;
    private @Nullable Boolean persistent;
    private @Nullable Long heapEntries;
    private @Nullable Long diskEntries;
    private @Nullable Long diskBytes;
    private @Nullable Long maxIdleMillis;
    private final Set<Class<?>> immutableTypes = new HashSet<>();
    private final List<String> allowedClasses = new ArrayList<>();
    private @Nullable Codec<K> keyCodec;
    private @Nullable Codec<V> valueCodec;
    private boolean encrypted;
    private @Nullable ValueKeys valueKeys;

    private Builder(MutableConfiguration<K, V> standard) {
      this.standard = standard;
    }

    /** Entries in the heap tier, at least 1. */
    public Builder<K, V> heapEntries(long entries) {
      heapEntries = atLeastOne("heapEntries", entries);
      return this;
    }

    /** Entries in the file, more than in the heap; beyond it the coldest are evicted. */
    public Builder<K, V> diskEntries(long entries) {
      diskEntries = atLeastOne("diskEntries", entries);
      return this;
    }

    /** Bytes of keys and values in the file, at least 1; beyond it the coldest entries are evicted. */
    public Builder<K, V> diskBytes(long bytes) {
      diskBytes = atLeastOne("diskBytes", bytes);
      return this;
    }

    /**
     * How long an entry in the file may be unused before it expires, whatever the expiry policy says; at
     * least 1 ms. Reads, also those that the heap answers, and writes are use. Time runs on while the
     * file is closed. After a kill an entry may look unused for up to an eighth of this time longer than
     * it was. Without effect on a cache in the heap alone.
     */
    public Builder<K, V> maxIdle(Duration longest) {
      maxIdleMillis = atLeastOne("maxIdle in milliseconds", longest.toMillis());
      return this;
    }

    /** Keeps this cache in the heap alone: nothing survives the process. */
    public Builder<K, V> heapOnly() {
      persistent = false;
      return this;
    }

    /** Keeps this cache in the file even where the manager's default is the heap. */
    public Builder<K, V> persistent() {
      persistent = true;
      return this;
    }

    /** How keys are written; equal keys must stay equal. */
    public Builder<K, V> keyCodec(Codec<K> codec) {
      keyCodec = codec;
      return this;
    }

    /** How values are written. */
    public Builder<K, V> valueCodec(Codec<V> codec) {
      valueCodec = codec;
      return this;
    }

    /**
     * Encrypts values in the file, with these keys rather than those of the manager. Keys of entries stay
     * readable, and the heap holds values in plain. A cache whose values were not encrypted starts empty.
     */
    public Builder<K, V> encryptedWith(ValueKeys keys) {
      valueKeys = keys;
      encrypted = true;
      return this;
    }

    /**
     * Promises that objects of this type never change, so that everybody may share the instance in the
     * heap. A promise that is broken lets callers change what is cached.
     */
    public Builder<K, V> immutable(Class<?> type) {
      immutableTypes.add(type);
      return this;
    }

    /** Lets Java serialisation write and read these classes: a name, {@code package.*} or {@code package.**}. */
    public Builder<K, V> allowClasses(String pattern) {
      allowedClasses.add(pattern);
      return this;
    }

    /** Whether JSR-107 statistics are kept and their MBean registered. */
    public Builder<K, V> statistics(boolean enabled) {
      standard.setStatisticsEnabled(enabled);
      return this;
    }

    /** Whether the configuration MBean is registered. */
    public Builder<K, V> management(boolean enabled) {
      standard.setManagementEnabled(enabled);
      return this;
    }

    /** When entries expire; never by default. */
    public Builder<K, V> expiry(Factory<? extends ExpiryPolicy> factory) {
      standard.setExpiryPolicyFactory(factory);
      return this;
    }

    /** Loads what is missing, in {@code loadAll} and, with read-through, in {@code get}. */
    public Builder<K, V> loader(Factory<? extends CacheLoader<K, V>> factory, boolean readThrough) {
      standard.setCacheLoaderFactory(factory);
      standard.setReadThrough(readThrough);
      return this;
    }

    /** Writes every change elsewhere before it enters the cache. */
    public Builder<K, V> writeThrough(
        Factory<? extends CacheWriter<? super K, ? super V>> factory) {
      standard.setCacheWriterFactory(factory);
      standard.setWriteThrough(true);
      return this;
    }

    /** Adds a listener. */
    public Builder<K, V> listener(CacheEntryListenerConfiguration<K, V> listener) {
      standard.addCacheEntryListenerConfiguration(listener);
      return this;
    }

    Builder<K, V> withoutListener(CacheEntryListenerConfiguration<K, V> listener) {
      standard.removeCacheEntryListenerConfiguration(listener);
      return this;
    }

    /** The configuration, independent of what happens to this builder later. */
    public HoldfastConfiguration<K, V> build() {
      return new HoldfastConfiguration<>(this, standard);
    }

    private static long atLeastOne(String name, long value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be at least 1: " + value);
      }
      return value;
    }
  }
}
