package io.holdfast.tier;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.holdfast.codec.Codec;
import io.holdfast.encryption.ValueKeys;
import io.holdfast.store.CacheDefinition;
import org.ehcache.spi.service.ServiceConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * How one cache is kept in the file; add it to an Ehcache cache configuration. Without it the codecs
 * follow from the key and value type, and the limit is the size of the resource pool.
 *
 * @param keyCodec turns keys into the key column
 * @param valueCodec turns values into the value column
 * @param maxEntries how many rows the cache may hold, {@link #UNLIMITED} for any number
 * @param maxBytes how many bytes of keys and values, {@link #UNLIMITED} for any number
 * @param maxIdleMillis how long an entry may be unused before it expires, {@link #UNLIMITED} for ever.
 *     Under a heap give the cache some expiry policy, if only one to live for ever: without any, Ehcache's
 *     heap never asks whether its copy has expired
 * @param valueKeys encrypt the values, null for values in plain
 */
public record TierConfiguration<K, V>(
    Codec<K> keyCodec,
    Codec<V> valueCodec,
    long maxEntries,
    long maxBytes,
    long maxIdleMillis,
    @Nullable ValueKeys valueKeys)
    implements ServiceConfiguration<SqliteTierProvider, TierConfiguration<K, V>> {

  /** No limit. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  public TierConfiguration {
    if (maxEntries < 1 || maxBytes < 1 || maxIdleMillis < 1) {
      throw new IllegalArgumentException("limits must be positive: maxEntries=" + maxEntries
          + ", maxBytes=" + maxBytes + ", maxIdleMillis=" + maxIdleMillis);
    }
  }

  /** Values are not encrypted. */
  public TierConfiguration(
      Codec<K> keyCodec, Codec<V> valueCodec, long maxEntries, long maxBytes, long maxIdleMillis) {
    this(keyCodec, valueCodec, maxEntries, maxBytes, maxIdleMillis, null);
  }

  /** Entries may be unused for ever, values are not encrypted. */
  public TierConfiguration(Codec<K> keyCodec, Codec<V> valueCodec, long maxEntries, long maxBytes) {
    this(keyCodec, valueCodec, maxEntries, maxBytes, UNLIMITED);
  }

  /** The same with encrypted values. */
  public TierConfiguration<K, V> encryptedWith(ValueKeys keys) {
    return new TierConfiguration<>(keyCodec, valueCodec, maxEntries, maxBytes, maxIdleMillis, keys);
  }

  /** The cache of this name as the file describes it. */
  CacheDefinition definition(String name) {
    return new CacheDefinition(
        name,
        keyCodec.format(),
        valueFormat(valueCodec.format()),
        maxEntries,
        maxBytes,
        maxIdleMillis,
        valueCodec.formerFormats().stream().map(this::valueFormat).collect(toUnmodifiableSet()));
  }

  private String valueFormat(String format) {
    return valueKeys == null ? format : CacheDefinition.encrypted(format);
  }

  /** Without limits. */
  public static <K, V> TierConfiguration<K, V> of(Codec<K> keyCodec, Codec<V> valueCodec) {
    return new TierConfiguration<>(keyCodec, valueCodec, UNLIMITED, UNLIMITED);
  }

  @Override
  public Class<SqliteTierProvider> getServiceType() {
    return SqliteTierProvider.class;
  }

  @Override
  public TierConfiguration<K, V> derive() {
    return this;
  }

  @Override
  public TierConfiguration<K, V> build(TierConfiguration<K, V> configuration) {
    return configuration;
  }
}
