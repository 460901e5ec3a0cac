package io.holdfast.jcache;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.ehcache.core.spi.time.TimeSource;

/** A clock that moves when told. */
final class MovingClock implements TimeSource {
  static final long START_MILLIS = 1_700_000_000_000L;

  private final AtomicLong nowMillis = new AtomicLong(START_MILLIS);

  void advance(Duration step) {
    nowMillis.addAndGet(step.toMillis());
  }

  @Override
  public long getTimeMillis() {
    return nowMillis.get();
  }
}
