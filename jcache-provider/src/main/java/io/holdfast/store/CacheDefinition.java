package io.holdfast.store;

import java.util.Set;

/**
 * What the meta row of a cache says about its rows. When a cache is opened with another format than
 * its rows were written in, the cache starts empty: those rows could not be read (design D5).
 *
 * @param name the cache's name, any text
 * @param keyFormat codec name and shape of the key type, such as {@code text} or {@code
 *     java:com.acme.Id:9f3c…}
 * @param valueFormat the same for the value type
 * @param maxEntries how many rows the cache may hold before the coldest are evicted; {@link
 *     Long#MAX_VALUE} for no limit
 * @param maxBytes how many bytes of keys and values; {@link Long#MAX_VALUE} for no limit
 * @param maxIdleMillis how long a row may be unused; {@link Long#MAX_VALUE} for ever. The table only
 *     keeps the access times that this needs; it is not kept in the file
 * @param formerValueFormats other formats whose values can be read too, so that rows in them stay; not kept in the
 *     file
 */
public record CacheDefinition(
    String name,
    String keyFormat,
    String valueFormat,
    long maxEntries,
    long maxBytes,
    long maxIdleMillis,
    Set<String> formerValueFormats) {

  public CacheDefinition {
    formerValueFormats = Set.copyOf(formerValueFormats);
    if (maxEntries < 1 || maxBytes < 1 || maxIdleMillis < 1) {
      throw new IllegalArgumentException("limits must be positive: maxEntries=" + maxEntries
          + ", maxBytes=" + maxBytes + ", maxIdleMillis=" + maxIdleMillis);
    }
  }

  private static final String ENCRYPTED = "encrypted:";

  /** The value format of a cache whose values are encrypted: says so before the codec's format. */
  public static String encrypted(String valueFormat) {
    return ENCRYPTED + valueFormat;
  }

  /** Whether this is the value format of a cache whose values are encrypted. */
  public static boolean isEncrypted(String valueFormat) {
    return valueFormat.startsWith(ENCRYPTED);
  }

  /** Whether values are encrypted. */
  boolean isEncrypted() {
    return isEncrypted(valueFormat);
  }

  /** Whether rows written under one can be read under the other. */
  boolean hasFormatOf(CacheDefinition other) {
    return keyFormat.equals(other.keyFormat) && valueFormat.equals(other.valueFormat);
  }

  /** Whether rows written under the other can be read under this one. */
  boolean readsRowsOf(CacheDefinition other) {
    return hasFormatOf(other)
        || (keyFormat.equals(other.keyFormat) && formerValueFormats.contains(other.valueFormat));
  }

  /** Whether the file would say the same of both. */
  boolean isStoredAs(CacheDefinition other) {
    return hasFormatOf(other) && maxEntries == other.maxEntries && maxBytes == other.maxBytes;
  }

  /** No other format is read. */
  public CacheDefinition(
      String name,
      String keyFormat,
      String valueFormat,
      long maxEntries,
      long maxBytes,
      long maxIdleMillis) {
    this(name, keyFormat, valueFormat, maxEntries, maxBytes, maxIdleMillis, Set.of());
  }

  /** Rows may be unused for ever. */
  public CacheDefinition(
      String name, String keyFormat, String valueFormat, long maxEntries, long maxBytes) {
    this(name, keyFormat, valueFormat, maxEntries, maxBytes, Long.MAX_VALUE);
  }

  boolean limitsIdleTime() {
    return maxIdleMillis != Long.MAX_VALUE;
  }
}
