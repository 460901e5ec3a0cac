package io.holdfast.bench;

import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import java.util.OptionalLong;
import java.util.Random;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.cache2k.Cache2kBuilder;
import org.cache2k.jcache.ExtendedMutableConfiguration;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.jsr107.Eh107Configuration;

/** A JSR-107 cache of somebody else, in the heap alone, with the content of a {@link CacheFixture}. */
final class HeapPeer implements AutoCloseable {
  private final CacheManager manager;
  private final Cache<String, String> cache;

  /**
   * Opens and fills.
   *
   * @param peer {@code EHCACHE}, {@code CAFFEINE} or {@code CACHE2K}
   * @param heapEntries the limit of the cache
   */
  HeapPeer(String peer, int keys, int valueBytes, long heapEntries, boolean statistics) {
    manager = Caching.getCachingProvider(providerOf(peer)).getCacheManager();
    cache = manager.createCache("bench", configuration(peer, heapEntries));
    manager.enableStatistics("bench", statistics);
    var random = new Random(42);
    for (int i = 0; i < keys; i++) {
      cache.put(Entries.key(i), Entries.value(random, valueBytes));
    }
  }

  private static String providerOf(String peer) {
    return switch (peer) {
      case "EHCACHE" -> "org.ehcache.jsr107.EhcacheCachingProvider";
      case "CAFFEINE" -> "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider";
      case "CACHE2K" -> "org.cache2k.jcache.provider.JCacheProvider";
      default -> throw new IllegalArgumentException("no such peer: " + peer);
    };
  }

  private static Configuration<String, String> configuration(String peer, long heapEntries) {
    CompleteConfiguration<String, String> plain = new MutableConfiguration<String, String>()
        .setTypes(String.class, String.class)
        .setStoreByValue(false);
    return switch (peer) {
      case "EHCACHE" ->
        Eh107Configuration.fromEhcacheCacheConfiguration(
            CacheConfigurationBuilder.newCacheConfigurationBuilder(
                String.class, String.class, ResourcePoolsBuilder.heap(heapEntries)));
      case "CAFFEINE" -> {
        var configuration = new CaffeineConfiguration<>(plain);
        configuration.setMaximumSize(OptionalLong.of(heapEntries));
        yield configuration;
      }
      default ->
        ExtendedMutableConfiguration.of(
            Cache2kBuilder.of(String.class, String.class).entryCapacity(heapEntries));
    };
  }

  Cache<String, String> cache() {
    return cache;
  }

  @Override
  public void close() {
    manager.close();
  }
}
