package io.holdfast.jmx;

import io.holdfast.jcache.spi.CacheMonitor;
import io.holdfast.jcache.spi.MonitoredCache;
import io.holdfast.jcache.spi.MonitoredFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import javax.management.MBeanServer;

/** Registers a bean for each open cache and each open cache file. Found by {@code ServiceLoader}. */
public final class CacheBeans implements CacheMonitor {

  private final Registry<MonitoredCache> caches;
  private final Registry<MonitoredFile> files;
  private final Permissions permissions;
  private final InstantSource clock;
  private final Sampler sampler = new Sampler();

  /** In the platform MBean server. */
  public CacheBeans() {
    this(
        ManagementFactory.getPlatformMBeanServer(),
        Permissions.ofSystemProperties(),
        InstantSource.system());
  }

  CacheBeans(MBeanServer server, Permissions permissions, InstantSource clock) {
    this.clock = clock;
    this.permissions = permissions;
    this.caches = new Registry<>(server, "Cache");
    this.files = new Registry<>(server, "CacheFile");
  }

  @Override
  public void cacheOpened(MonitoredCache cache) {
    caches.open(cache, cache.name(), opened -> new CacheBean(opened, permissions, clock, sampler));
  }

  @Override
  public void cacheClosed(MonitoredCache cache) {
    caches.close(cache);
  }

  @Override
  public void fileOpened(MonitoredFile file) {
    Path path = file.path();
    files.open(
        file,
        Objects.requireNonNullElse(path.getFileName(), path).toString(),
        opened -> new CacheFileBean(opened, permissions, sampler));
  }

  @Override
  public void fileClosed(MonitoredFile file) {
    files.close(file);
  }
}
