package io.holdfast.bench.peers;

import io.holdfast.jcache.HoldfastConfiguration;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.jspecify.annotations.Nullable;

/** Holdfast as an application uses it, but for the tiny heap tier. */
final class HoldfastStore implements BulkStore {

  private static final int HEAP_ENTRIES = 10;

  private final CacheManager manager;
  private final Cache<String, String> cache;

  HoldfastStore(Path directory) {
    // By name: the peers bring providers of their own.
    manager = Caching.getCachingProvider("io.holdfast.jcache.HoldfastCachingProvider")
        .getCacheManager(
            directory.resolve("cache.db").toUri(), getClass().getClassLoader(), new Properties());
    cache = manager.createCache(
        "bench",
        HoldfastConfiguration.builder(String.class, String.class)
            .heapEntries(HEAP_ENTRIES)
            .build());
  }

  @Override
  public @Nullable String get(String key) {
    return cache.get(key);
  }

  @Override
  public void put(String key, String value) {
    cache.put(key, value);
  }

  @Override
  public Map<String, String> getAll(Set<String> keys) {
    return cache.getAll(keys);
  }

  @Override
  public void putAll(Map<String, String> entries) {
    cache.putAll(entries);
  }

  @Override
  public void close() {
    manager.close();
  }
}
