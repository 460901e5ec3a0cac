package io.holdfast.response.spi;

/**
 * Told when response caches are built and closed. Found by {@link java.util.ServiceLoader} through the
 * class loader of this interface; what it throws is logged and goes no further.
 */
public interface ResponseCacheMonitor {

  /** A response cache was built. */
  void responseCacheOpened(MonitoredResponseCache cache);

  /** It is closed; the same instance. */
  void responseCacheClosed(MonitoredResponseCache cache);
}
