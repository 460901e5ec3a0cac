package io.holdfast.jmx;

import io.holdfast.response.spi.MonitoredResponseCache;
import io.holdfast.response.spi.ResponseCacheMonitor;
import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;

/** Registers a bean for each response cache. Found by {@code ServiceLoader}. */
public final class ResponseCacheBeans implements ResponseCacheMonitor {

  private final Registry<MonitoredResponseCache> caches;
  private final Permissions permissions;

  /** In the platform MBean server. */
  public ResponseCacheBeans() {
    this(ManagementFactory.getPlatformMBeanServer(), Permissions.ofSystemProperties());
  }

  ResponseCacheBeans(MBeanServer server, Permissions permissions) {
    this.permissions = permissions;
    this.caches = new Registry<>(server, "ResponseCache");
  }

  @Override
  public void responseCacheOpened(MonitoredResponseCache cache) {
    caches.open(cache, cache.name(), opened -> new ResponseCacheBean(opened, permissions));
  }

  @Override
  public void responseCacheClosed(MonitoredResponseCache cache) {
    caches.close(cache);
  }
}
