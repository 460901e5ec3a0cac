package io.holdfast.response;

import java.net.URI;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/** A cache of a provider that is not ours, and a clock. */
final class CacheFixture implements AutoCloseable {

  static final ResponseKey KEY =
      ResponseKey.builder("test").part("question", "why").build();

  private final CacheManager manager;
  private final Cache<String, CachedResponse> cache;
  final ManualClock clock = new ManualClock();

  CacheFixture() {
    var provider = Caching.getCachingProvider(
        "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider");
    manager = provider.getCacheManager(
        URI.create("test:" + UUID.randomUUID()), CacheFixture.class.getClassLoader());
    cache = manager.createCache(
        "responses",
        new MutableConfiguration<String, CachedResponse>()
            .setTypes(String.class, CachedResponse.class));
  }

  Cache<String, CachedResponse> cache() {
    return cache;
  }

  ResponseCacheBuilder<String> builder() {
    return builder(cache);
  }

  ResponseCacheBuilder<String> builder(Cache<String, CachedResponse> over) {
    return ResponseCache.over(over)
        .name("test")
        .clock(clock)
        .nanoTime(clock::nanoTime)
        .purgeExecutor(Runnable::run);
  }

  @Override
  public void close() {
    manager.close();
  }
}
