package io.holdfast.response;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves when told; also the stopwatch. */
final class ManualClock implements InstantSource {

  private final AtomicLong nowMillis = new AtomicLong(1_700_000_000_000L);

  void advance(Duration duration) {
    nowMillis.addAndGet(duration.toMillis());
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(nowMillis.get());
  }

  long nanoTime() {
    return nowMillis.get() * 1_000_000L;
  }
}
