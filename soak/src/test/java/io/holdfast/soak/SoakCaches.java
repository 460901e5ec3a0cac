package io.holdfast.soak;

import io.holdfast.jcache.HoldfastCachingProvider;
import io.holdfast.jcache.HoldfastConfiguration;
import io.holdfast.jcache.HoldfastProperties;
import io.holdfast.response.CachedResponse;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;

/** The caches of one process, all in one file. */
final class SoakCaches implements AutoCloseable {
  /** Fewer than there are entries, so that the file is read as well. */
  private static final int HEAP_ENTRIES = 150;

  private final HoldfastCachingProvider provider = new HoldfastCachingProvider();
  private final CacheManager manager;

  private final Cache<Integer, String> entries;
  private final Cache<Integer, Long> counters;
  private final Cache<Integer, String> limited;
  private final Cache<Integer, String> cleared;
  private final Cache<Integer, String> expiring;
  private final Cache<Integer, String> loaded;
  private final Cache<String, CachedResponse> answers;

  SoakCaches(Path file, boolean isStrict) {
    Properties properties = new Properties();
    properties.setProperty(HoldfastProperties.COHERENCE, isStrict ? "strict" : "poll");
    properties.setProperty(HoldfastProperties.HEAP_ENTRIES, String.valueOf(HEAP_ENTRIES));
    manager = provider.getCacheManager(file.toUri(), null, properties);
    entries = manager.createCache(Area.ENTRIES.cacheName, texts());
    counters = manager.createCache(
        Area.COUNTERS.cacheName,
        new MutableConfiguration<Integer, Long>().setTypes(Integer.class, Long.class));
    limited = manager.createCache(
        Area.LIMITED.cacheName,
        HoldfastConfiguration.builder(texts())
            .diskEntries(LimitedActivity.MAX_ENTRIES)
            .build());
    cleared = manager.createCache(Area.CLEARED.cacheName, texts());
    expiring = manager.createCache(
        Area.EXPIRING.cacheName,
        texts()
            .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(
                new Duration(TimeUnit.MILLISECONDS, ExpiringActivity.LIFETIME_MILLIS))));
    loaded = manager.createCache(
        "loaded",
        texts().setReadThrough(true).setCacheLoaderFactory(ReadThroughActivity.Loader::new));
    answers = manager.createCache(
        Area.TABLES.cacheName,
        new MutableConfiguration<String, CachedResponse>()
            .setTypes(String.class, CachedResponse.class));
  }

  Cache<Integer, String> entries() {
    return entries;
  }

  Cache<Integer, Long> counters() {
    return counters;
  }

  Cache<Integer, String> limited() {
    return limited;
  }

  Cache<Integer, String> cleared() {
    return cleared;
  }

  Cache<Integer, String> expiring() {
    return expiring;
  }

  Cache<Integer, String> loaded() {
    return loaded;
  }

  Cache<String, CachedResponse> answers() {
    return answers;
  }

  private static MutableConfiguration<Integer, String> texts() {
    return new MutableConfiguration<Integer, String>().setTypes(Integer.class, String.class);
  }

  @Override
  public void close() {
    provider.close();
  }
}
