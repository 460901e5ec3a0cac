package io.holdfast.jmx;

import io.holdfast.response.spi.MonitoredResponseCache;
import io.holdfast.response.spi.ResponseCacheMonitor;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import javax.management.MBeanServer;

/** Registers a bean for each response cache. Found by {@code ServiceLoader}. */
public final class ResponseCacheBeans implements ResponseCacheMonitor {

  private final Registry<MonitoredResponseCache> caches;
  private final Permissions permissions;
  private final InstantSource clock;
  private final Sampler sampler = new Sampler();

  /** In the platform MBean server. */
  public ResponseCacheBeans() {
    this(
        ManagementFactory.getPlatformMBeanServer(),
        Permissions.ofSystemProperties(),
        InstantSource.system());
  }

  ResponseCacheBeans(MBeanServer server, Permissions permissions, InstantSource clock) {
    this.clock = clock;
    this.permissions = permissions;
    this.caches = new Registry<>(server, "ResponseCache");
  }

  @Override
  public void responseCacheOpened(MonitoredResponseCache cache) {
    caches.open(
        cache, cache.name(), opened -> new ResponseCacheBean(opened, permissions, clock, sampler));
  }

  @Override
  public void responseCacheClosed(MonitoredResponseCache cache) {
    caches.close(cache);
  }
}
