package io.holdfast.jcache;

import java.nio.file.Path;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;

/** A provider of its own with one manager on a file; reopening is what a restart does. */
final class ManagerFixture implements AutoCloseable {
  private final Path file;
  private final Properties properties;
  private HoldfastCachingProvider provider;
  private HoldfastCacheManager manager;

  ManagerFixture(Path directory) {
    this(directory, new Properties());
  }

  ManagerFixture(Path directory, Properties properties) {
    this.file = directory.resolve("cache.db");
    this.properties = properties;
    open();
  }

  static ManagerFixture onHeap(Path directory) {
    Properties heap = new Properties();
    heap.setProperty(HoldfastProperties.STORAGE, "heap");
    return new ManagerFixture(directory, heap);
  }

  private void open() {
    provider = new HoldfastCachingProvider();
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
