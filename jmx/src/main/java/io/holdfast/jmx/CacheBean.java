package io.holdfast.jmx;

import io.holdfast.jcache.spi.MonitoredCache;
import io.holdfast.jcache.spi.MonitoredCache.CacheCounters;
import java.time.InstantSource;
import javax.management.ObjectName;

/** Reads a cache's counters, and has it do what a client asks for. */
final class CacheBean implements CacheMXBean, Registry.Bean {

  private static final CacheCounters NOTHING =
      new CacheCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private final String name;
  private final Reading<MonitoredCache, CacheCounters> counters;

  private final Acting<MonitoredCache> acting;
  private final Permissions permissions;
  private final CacheNotices notices;

  CacheBean(MonitoredCache cache, Permissions permissions, InstantSource clock, Sampler sampler) {
    this.name = cache.name();
    this.permissions = permissions;
    this.acting = new Acting<>(cache, "cache " + name);
    this.counters = new Reading<>(cache, MonitoredCache::counters, NOTHING);
    this.notices = new CacheNotices(name, counters::now, clock, sampler);
  }

  @Override
  public Object mbean() {
    return new DocumentedBean(this, CacheMXBean.class, permissions, notices.notifier());
  }

  @Override
  public void registeredAs(ObjectName name) {
    notices.notifier().sendAs(name);
  }

  @Override
  public void release() {
    notices.notifier().close();
  }

  @Override
  public String getCacheName() {
    return name;
  }

  @Override
  public long getHitCount() {
    return counters.now().hits();
  }

  @Override
  public double getHitPercentage() {
    CacheCounters now = counters.now();
    return Percentage.of(now.hits(), now.hits() + now.misses());
  }

  @Override
  public long getMissCount() {
    return counters.now().misses();
  }

  @Override
  public long getHeapHitCount() {
    return counters.now().heapHits();
  }

  @Override
  public double getHeapHitPercentage() {
    CacheCounters now = counters.now();
    return Percentage.of(now.heapHits(), now.hits() + now.misses());
  }

  @Override
  public long getHeapEntryCount() {
    return counters.now().heapEntries();
  }

  @Override
  public long getHeapEntryCountMax() {
    return counters.now().heapEntriesMax();
  }

  @Override
  public long getTierHitCount() {
    return counters.now().tierHits();
  }

  @Override
  public long getEntryCount() {
    return counters.now().tierEntries();
  }

  @Override
  public long getWeightBytes() {
    return counters.now().tierBytes();
  }

  @Override
  public long getPutCount() {
    return counters.now().puts();
  }

  @Override
  public long getRemovalCount() {
    return counters.now().removals();
  }

  @Override
  public long getEvictionCount() {
    return counters.now().evictions();
  }

  @Override
  public long getExpirationCount() {
    return counters.now().expirations();
  }

  @Override
  public long getFailureCount() {
    return counters.now().failures();
  }

  @Override
  public long getUndecryptableCount() {
    return counters.now().unreadable();
  }

  @Override
  public int evictExpired() {
    return acting.run("evict expired entries", MonitoredCache::evictExpired);
  }

  @Override
  public void clear() {
    acting.run("clear the cache", cache -> {
      cache.clear();
      return name;
    });
  }
}
