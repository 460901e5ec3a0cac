package io.holdfast.heap;

import org.ehcache.core.spi.time.SystemTimeSource;
import org.ehcache.core.spi.time.TimeSource;

/**
 * The time of an access, which a hit must not pay for: reading the system's clock costs several times
 * what the look into the map does. So a hit is stamped with the time of the last event that had to know
 * it anyway, which is the last miss, or the last round of the housekeeping, once a second.
 *
 * <p>A clock other than the system's is asked each time.
 */
final class AccessClock {
  private final TimeSource clock;
  private final boolean isCostly;
  private volatile long recentMillis;

  AccessClock(TimeSource clock) {
    this.clock = clock;
    this.isCostly = clock instanceof SystemTimeSource;
    this.recentMillis = clock.getTimeMillis();
  }

  /** The time, exactly; later stamps are not before it. */
  long nowMillis() {
    long nowMillis = clock.getTimeMillis();
    if (nowMillis != recentMillis) {
      recentMillis = nowMillis;
    }
    return nowMillis;
  }

  /** The time to stamp an access with. */
  long stampMillis() {
    return isCostly ? recentMillis : clock.getTimeMillis();
  }
}
