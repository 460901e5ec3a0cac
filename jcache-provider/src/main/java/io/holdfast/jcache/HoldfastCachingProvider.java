package io.holdfast.jcache;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.ehcache.core.spi.time.SystemTimeSource;
import org.ehcache.core.spi.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The provider that {@code Caching.getCachingProvider()} finds. Safe from any thread.
 *
 * <p>There is one manager per URI and class loader. Class loaders are held weakly; a manager with open
 * caches keeps its class loader alive, since its caches know classes of it.
 *
 * <p>A manager's URI names its file. Two managers of one process may share a file that both name by
 * URI, but not open the same cache in it. The default URI names no file, so managers of it, such as
 * those of two applications in one server, never asked to share: where both create a cache of the same
 * name, each has its own, as JSR-107 has it, and the second one's lives in the heap alone, with a
 * warning in the log. Name a file for each to have both persist.
 */
public final class HoldfastCachingProvider implements CachingProvider {

  /** The URI of the manager that nobody names; never changes. */
  static final URI DEFAULT_URI = URI.create("urn:holdfast:default");

  private final Map<ClassLoader, Map<URI, HoldfastCacheManager>> managers = new WeakHashMap<>();
  private final Monitors monitors;
  private final TimeSource clock;

  /** Called by {@link java.util.ServiceLoader}. */
  public HoldfastCachingProvider() {
    this(Monitors.load(), SystemTimeSource.INSTANCE);
  }

  HoldfastCachingProvider(Monitors monitors, TimeSource clock) {
    this.monitors = monitors;
    this.clock = clock;
  }

  /**
   * Returns the manager of this URI and class loader, making it if needed. Opens no file.
   *
   * @param uri a {@code file:} URI names the cache file; null is the default URI
   * @param classLoader null is the default class loader
   * @param properties settings by the names in {@link HoldfastProperties}, used if the manager is made
   *     now; null is none
   * @throws javax.cache.CacheException if the URI names no file or a setting is wrong
   */
  @Override
  public synchronized CacheManager getCacheManager(
      @Nullable URI uri, @Nullable ClassLoader classLoader, @Nullable Properties properties) {
    URI managerUri = uri == null ? getDefaultURI() : uri;
    ClassLoader managerLoader = classLoader == null ? getDefaultClassLoader() : classLoader;
    Map<URI, HoldfastCacheManager> ofLoader =
        managers.computeIfAbsent(managerLoader, loader -> new HashMap<>());
    HoldfastCacheManager manager = ofLoader.get(managerUri);
    if (manager == null) {
      Properties own = new Properties();
      if (properties != null) {
        properties
            .stringPropertyNames()
            .forEach(name -> own.setProperty(name, properties.getProperty(name)));
      }
      manager = new HoldfastCacheManager(this, managerUri, managerLoader, own, monitors, clock);
      ofLoader.put(managerUri, manager);
    }
    return manager;
  }

  @Override
  public ClassLoader getDefaultClassLoader() {
    return HoldfastCachingProvider.class.getClassLoader();
  }

  @Override
  public URI getDefaultURI() {
    return DEFAULT_URI;
  }

  @Override
  public Properties getDefaultProperties() {
    return new Properties();
  }

  @Override
  public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader classLoader) {
    return getCacheManager(uri, classLoader, getDefaultProperties());
  }

  @Override
  public CacheManager getCacheManager() {
    return getCacheManager(getDefaultURI(), getDefaultClassLoader(), null);
  }

  /** Closes all managers. The provider stays usable. */
  @Override
  public void close() {
    List<HoldfastCacheManager> all;
    synchronized (this) {
      all = managers.values().stream()
          .flatMap(ofLoader -> ofLoader.values().stream())
          .toList();
    }
    closeAll(all);
  }

  @Override
  public void close(@Nullable ClassLoader classLoader) {
    ClassLoader managerLoader = classLoader == null ? getDefaultClassLoader() : classLoader;
    List<HoldfastCacheManager> ofLoader;
    synchronized (this) {
      ofLoader = List.copyOf(managers.getOrDefault(managerLoader, Map.of()).values());
    }
    closeAll(ofLoader);
  }

  @Override
  public void close(@Nullable URI uri, @Nullable ClassLoader classLoader) {
    URI managerUri = uri == null ? getDefaultURI() : uri;
    ClassLoader managerLoader = classLoader == null ? getDefaultClassLoader() : classLoader;
    HoldfastCacheManager manager;
    synchronized (this) {
      manager = managers.getOrDefault(managerLoader, Map.of()).get(managerUri);
    }
    closeAll(manager == null ? List.of() : List.of(manager));
  }

  private static void closeAll(List<HoldfastCacheManager> managers) {
    Closing closing = new Closing();
    managers.forEach(manager -> closing.attempt(manager::close));
    closing.throwIfFailed();
  }

  /** A closed manager is no longer handed out. */
  synchronized void forget(HoldfastCacheManager manager) {
    managers.values().forEach(ofLoader -> ofLoader.remove(manager.getURI(), manager));
    managers.values().removeIf(Map::isEmpty);
  }

  /** Nothing is optional: entries are stored by value, in a file. */
  @Override
  public boolean isSupported(OptionalFeature optionalFeature) {
    return false;
  }
}
