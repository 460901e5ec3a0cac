package io.holdfast.jmx;

import io.holdfast.jcache.spi.MonitoredCache.CacheCounters;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.management.MBeanNotificationInfo;

/** Tells when a cache begins and ends to evict for its limits, and to fail because of its file. */
final class CacheNotices implements Sampler.Look {

  static final String EVICTION_BEGAN = "io.holdfast.cache.eviction.began";
  static final String EVICTION_ENDED = "io.holdfast.cache.eviction.ended";
  static final String FAILURE_BEGAN = "io.holdfast.cache.failure.began";
  static final String FAILURE_ENDED = "io.holdfast.cache.failure.ended";

  private final String name;
  private final Supplier<CacheCounters> counters;
  private final InstantSource clock;
  private Episode eviction = new Episode();
  private Episode failure = new Episode();
  private final Notifier notifier;

  CacheNotices(
      String name, Supplier<CacheCounters> counters, InstantSource clock, Sampler sampler) {
    this.name = name;
    this.counters = counters;
    this.clock = clock;
    this.notifier = Notifier.of(name, sampler.watching(this), kinds());
  }

  private static MBeanNotificationInfo[] kinds() {
    return new MBeanNotificationInfo[] {
      Notifier.kind(
          "Entries are evicted from the file to keep its limits, or none was for a minute: user data says since when and how many",
          EVICTION_BEGAN,
          EVICTION_ENDED),
      Notifier.kind(
          "Operations fail because of the file, or none did for a minute: user data says since when and how many",
          FAILURE_BEGAN,
          FAILURE_ENDED)
    };
  }

  Notifier notifier() {
    return notifier;
  }

  @Override
  public synchronized void begin() {
    eviction = new Episode();
    failure = new Episode();
    look();
  }

  @Override
  public synchronized void look() {
    CacheCounters now = counters.get();
    long nowMillis = clock.millis();
    Episode.News evictions = eviction.look(now.evictions(), nowMillis);
    if (evictions != null) {
      notifier.send(
          evictions.begins() ? EVICTION_BEGAN : EVICTION_ENDED,
          nowMillis,
          evictions.begins()
              ? name + ": entries are evicted to keep the limits"
              : name + ": no entry was evicted for a minute; before that " + evictions.times(),
          evictions
              .toUserData("Eviction", "Entries evicted from the file to keep its limits")
              .with("entriesInFile", now.tierEntries())
              .with("bytesInFile", now.tierBytes()));
    }
    Episode.News failures = failure.look(now.failures(), nowMillis);
    if (failures != null) {
      notifier.send(
          failures.begins() ? FAILURE_BEGAN : FAILURE_ENDED,
          nowMillis,
          failures.begins()
              ? name + ": operations fail because of the file"
              : name + ": no operation failed for a minute; before that " + failures.times(),
          failures.toUserData("Failure", "Operations that failed because of the file"));
    }
  }
}
