package io.holdfast.store;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.BusyHandler;

/**
 * Waits for a lock that another process holds: short random pauses that grow, instead of SQLite's
 * fixed ladder, so that two busy writers do not wake in step.
 */
final class LockWait extends BusyHandler {
  private static final long LONGEST_PAUSE_MICROS = 2_000;

  private volatile long patienceNanos;
  private final LongAdder waits;
  private long startedAtNanos;

  LockWait(long patienceMillis, LongAdder waits) {
    this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    this.waits = waits;
  }

  void setPatienceMillis(long patienceMillis) {
    patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
  }

  @Override
  protected int callback(int earlierCalls) {
    long nowNanos = System.nanoTime();
    if (earlierCalls == 0) {
      startedAtNanos = nowNanos;
      waits.increment();
    } else if (nowNanos - startedAtNanos >= patienceNanos) {
      return 0;
    }
    long pauseMicros = ThreadLocalRandom.current()
        .nextLong(50, Math.min(LONGEST_PAUSE_MICROS, 100L << Math.min(earlierCalls, 5)));
    pause(pauseMicros);
    return 1;
  }

  // With the interrupt still set no pause would be one.
  private static void pause(long micros) {
    boolean interrupted = Thread.interrupted();
    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
