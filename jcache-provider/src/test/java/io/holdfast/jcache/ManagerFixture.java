package io.holdfast.jcache;

import java.nio.file.Path;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.ehcache.core.spi.time.SystemTimeSource;
import org.ehcache.core.spi.time.TimeSource;

/** A provider of its own with one manager on a file; reopening is what a restart does. */
final class ManagerFixture implements AutoCloseable {
  private final Path file;
  private final Properties properties;
  private final TimeSource clock;
  private HoldfastCachingProvider provider;
  private HoldfastCacheManager manager;

  ManagerFixture(Path directory) {
    this(directory, new Properties());
  }

  ManagerFixture(Path directory, Properties properties) {
    this(directory, properties, SystemTimeSource.INSTANCE);
  }

  ManagerFixture(Path directory, Properties properties, TimeSource clock) {
    this.file = directory.resolve("cache.db");
    this.properties = properties;
    this.clock = clock;
    open();
  }

  static ManagerFixture onHeap(Path directory) {
    return new ManagerFixture(directory, heap());
  }

  static ManagerFixture onFile(Path directory, TimeSource clock) {
    return new ManagerFixture(directory, new Properties(), clock);
  }

  static ManagerFixture onHeap(Path directory, TimeSource clock) {
    return new ManagerFixture(directory, heap(), clock);
  }

  private static Properties heap() {
    Properties heap = new Properties();
    heap.setProperty(HoldfastProperties.STORAGE, "heap");
    return heap;
  }

  private void open() {
    provider = new HoldfastCachingProvider(Monitors.load(), clock);
    manager = (HoldfastCacheManager)
        provider.getCacheManager(file.toUri(), getClass().getClassLoader(), properties);
  }

  Path file() {
    return file;
  }

  HoldfastCacheManager manager() {
    return manager;
  }

  HoldfastCachingProvider provider() {
    return provider;
  }

  <K, V> Cache<K, V> cache(String name, Class<K> keyType, Class<V> valueType) {
    return manager.createCache(name, new MutableConfiguration<K, V>().setTypes(keyType, valueType));
  }

  Cache<String, String> words() {
    return cache("words", String.class, String.class);
  }

  void reopen() {
    provider.close();
    open();
  }

  @Override
  public void close() {
    provider.close();
  }
}
