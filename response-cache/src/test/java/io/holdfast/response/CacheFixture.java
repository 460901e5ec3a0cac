package io.holdfast.response;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/**
 * A cache, and a clock. The cache is of a provider that is not ours, or of the one that the system property {@code
 * response.provider} names: {@code caffeine}, {@code holdfast} or {@code hazelcast}, a cluster of two members.
 */
final class CacheFixture implements AutoCloseable {

  static final ResponseKey KEY =
      ResponseKey.builder("test").part("question", "why").build();

  private static final String PROVIDER = System.getProperty("response.provider", "caffeine");

  private final CacheManager manager;
  private final Cache<String, CachedResponse> cache;
  private final Runnable afterwards;
  final ManualClock clock = new ManualClock();

  CacheFixture() {
    switch (PROVIDER) {
      case "caffeine" -> {
        manager = Caching.getCachingProvider(
                "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider")
            .getCacheManager(
                URI.create("test:" + UUID.randomUUID()), CacheFixture.class.getClassLoader());
        afterwards = () -> {};
      }
      case "holdfast" -> {
        Path directory = temporaryDirectory();
        manager = Caching.getCachingProvider("io.holdfast.jcache.HoldfastCachingProvider")
            .getCacheManager(
                directory.resolve("test.db").toUri(), CacheFixture.class.getClassLoader());
        afterwards = () -> delete(directory);
      }
      case "hazelcast" -> {
        manager = HazelcastCluster.shared().member(0).newManager();
        afterwards = HazelcastCluster.shared()::destroyCaches;
      }
      default -> throw new IllegalArgumentException("response.provider: " + PROVIDER);
    }
    cache = manager.createCache(
        "responses",
        new MutableConfiguration<String, CachedResponse>()
            .setTypes(String.class, CachedResponse.class));
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("responses");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    afterwards.run();
  }
}
