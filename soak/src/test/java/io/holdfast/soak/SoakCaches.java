package io.holdfast.soak;

import io.holdfast.jcache.HoldfastCachingProvider;
import io.holdfast.jcache.HoldfastConfiguration;
import io.holdfast.jcache.HoldfastProperties;
import io.holdfast.response.CachedResponse;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;

/** The caches of one process; a file is opened with all its caches when one of them is first asked for. */
final class SoakCaches implements AutoCloseable {
  /** Of the cache that is limited by itself. */
  static final int LIMITED_ENTRIES = 200;

  /** Fewer than there are entries, so that the file is read as well. */
  private static final int HEAP_ENTRIES = 150;

  private static final String LOADED = "loaded";

  private final HoldfastCachingProvider provider = new HoldfastCachingProvider();
  private final Map<SoakFile, CacheManager> managers = new EnumMap<>(SoakFile.class);
  private final Path directory;
  private final boolean isStrict;

  SoakCaches(Path directory, boolean isStrict) {
    this.directory = directory;
    this.isStrict = isStrict;
  }

  /** The cache of an area whose keys are numbers and whose values are texts. */
  Cache<Integer, String> texts(Area area) {
    return manager(area.file).getCache(area.cacheName, Integer.class, String.class);
  }

  Cache<Integer, Long> counters() {
    return manager(SoakFile.NORMAL).getCache(Area.COUNTERS.cacheName, Integer.class, Long.class);
  }

  Cache<Integer, String> loaded() {
    return manager(SoakFile.NORMAL).getCache(LOADED, Integer.class, String.class);
  }

  Cache<String, CachedResponse> answers() {
    return manager(SoakFile.NORMAL)
        .getCache(Area.TABLES.cacheName, String.class, CachedResponse.class);
  }

  private CacheManager manager(SoakFile file) {
    return managers.computeIfAbsent(file, this::open);
  }

  private CacheManager open(SoakFile file) {
    Properties properties = new Properties();
    properties.setProperty(HoldfastProperties.COHERENCE, isStrict ? "strict" : "poll");
    properties.setProperty(HoldfastProperties.HEAP_ENTRIES, String.valueOf(HEAP_ENTRIES));
    properties.setProperty(HoldfastProperties.DURABILITY, file.durability);
    if (file == SoakFile.QUOTA) {
      properties.setProperty(HoldfastProperties.FILE_BYTES, String.valueOf(SoakFile.QUOTA_BYTES));
    }
    CacheManager manager = provider.getCacheManager(file.in(directory).toUri(), null, properties);
    for (Area area : Area.values()) {
      if (area.file == file) {
        manager.createCache(area.cacheName, configuration(area));
      }
    }
    if (file == SoakFile.NORMAL) {
      manager.createCache(
          LOADED,
          texts().setReadThrough(true).setCacheLoaderFactory(ReadThroughActivity.Loader::new));
    }
    return manager;
  }

  private static CompleteConfiguration<?, ?> configuration(Area area) {
    return switch (area) {
      case COUNTERS ->
        new MutableConfiguration<Integer, Long>().setTypes(Integer.class, Long.class);
      case LIMITED ->
        HoldfastConfiguration.builder(texts()).diskEntries(LIMITED_ENTRIES).build();
      case EXPIRING ->
        texts()
            .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(
                new Duration(TimeUnit.MILLISECONDS, ExpiringActivity.LIFETIME_MILLIS)));
      case TABLES ->
        new MutableConfiguration<String, CachedResponse>()
            .setTypes(String.class, CachedResponse.class);
      default -> texts();
    };
  }

  private static MutableConfiguration<Integer, String> texts() {
    return new MutableConfiguration<Integer, String>().setTypes(Integer.class, String.class);
  }

  @Override
  public void close() {
    provider.close();
  }
}
