package com.acme.limits;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.grid.jcache.Bucket4jJCache;
import io.github.bucket4j.grid.jcache.JCacheProxyManager;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/** How often each user may call, by bucket4j. */
public final class Limits implements AutoCloseable {
  public static final int CALLS_PER_DAY = 3_000;

  private final CacheManager caches;
  private final JCacheProxyManager<String> buckets;
  private final Cache<String, byte[]> counters;

  public Limits(URI file) {
    caches = Caching.getCachingProvider().getCacheManager(file, Limits.class.getClassLoader());
    Cache<String, byte[]> cache = caches.createCache(
        "buckets", new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class));
    buckets = Bucket4jJCache.entryProcessorBasedBuilder(cache).build();
    counters = caches.createCache(
        "counters",
        new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class));
  }

  public boolean isCallPermitted(String user) {
    return buckets.getProxy(user, Limits::perDay).tryConsume(1);
  }

  private static BucketConfiguration perDay() {
    return BucketConfiguration.builder()
        .addLimit(limit ->
            limit.capacity(CALLS_PER_DAY).refillIntervally(CALLS_PER_DAY, Duration.ofDays(1)))
        .build();
  }

  /** Counts in an entry processor of its own and returns the new number. */
  public int count(String user) {
    return counters.invoke(user, (entry, arguments) -> {
      int number = entry.exists() ? ByteBuffer.wrap(entry.getValue()).getInt() + 1 : 1;
      entry.setValue(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
      return number;
    });
  }

  @Override
  public void close() {
    caches.close();
  }
}
