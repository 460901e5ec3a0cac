package io.holdfast.bench;

import io.holdfast.encryption.ValueKeys;
import io.holdfast.jcache.HoldfastConfiguration;
import io.holdfast.jcache.HoldfastProperties;
import java.io.IOException;
import java.util.Properties;
import java.util.Random;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.jspecify.annotations.Nullable;

/** One persistent cache in a directory of its own, filled with numbered keys and random values. */
final class CacheFixture implements AutoCloseable {

  private final Scratch scratch;
  private final CacheManager manager;
  private final Cache<String, String> cache;

  /**
   * Opens and fills.
   *
   * @param keys how many entries
   * @param valueBytes the length of each value, which is ASCII
   * @param heapEntries how many of them the heap tier may hold
   * @param statistics whether JSR-107 statistics are on
   */
  CacheFixture(int keys, int valueBytes, long heapEntries, boolean statistics) throws IOException {
    this(keys, valueBytes, heapEntries, statistics, "normal");
  }

  /** As above, with what an acknowledged write is to survive. */
  CacheFixture(int keys, int valueBytes, long heapEntries, boolean statistics, String durability)
      throws IOException {
    this(keys, valueBytes, heapEntries, statistics, durability, null);
  }

  /** As above, with what encrypts the values, if anything does. */
  CacheFixture(
      int keys,
      int valueBytes,
      long heapEntries,
      boolean statistics,
      String durability,
      @Nullable ValueKeys valueKeys)
      throws IOException {
    scratch = Scratch.create("holdfast-bench");
    var properties = new Properties();
    properties.setProperty(HoldfastProperties.DURABILITY, durability);
    // By name: the peers bring providers of their own.
    manager = Caching.getCachingProvider("io.holdfast.jcache.HoldfastCachingProvider")
        .getCacheManager(
            scratch.path().resolve("cache.db").toUri(), getClass().getClassLoader(), properties);
    var configuration = HoldfastConfiguration.builder(String.class, String.class)
        .heapEntries(heapEntries)
        .statistics(statistics);
    if (valueKeys != null) {
      configuration = configuration.encryptedWith(valueKeys);
    }
    cache = manager.createCache("bench", configuration.build());
    var random = new Random(42);
    for (int i = 0; i < keys; i++) {
      cache.put(Entries.key(i), Entries.value(random, valueBytes));
    }
  }

  Cache<String, String> cache() {
    return cache;
  }

  @Override
  public void close() throws IOException {
    manager.close();
    scratch.close();
  }
}
