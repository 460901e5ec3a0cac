package io.holdfast.jcache.spi;

/**
 * Told when caches open and close. Found by {@link java.util.ServiceLoader} when the provider starts;
 * what it throws is logged and goes no further.
 */
public interface CacheMonitor {

  /** A cache was created and is usable. */
  void cacheOpened(MonitoredCache cache);

  /** The cache is closed or destroyed; the same instance as at {@link #cacheOpened}. */
  void cacheClosed(MonitoredCache cache);

  /** A manager's file was opened. */
  void fileOpened(MonitoredFile file);

  /** The file was closed. */
  void fileClosed(MonitoredFile file);
}
