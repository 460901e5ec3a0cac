package io.holdfast.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Counts durations in classes that grow by an eighth of a power of two, for this minute and the one
 * before it: what happened earlier says nothing of now. Recording takes no lock and makes no garbage, but
 * once a minute.
 * Safe from any thread; a duration that is recorded while the minute turns may be lost.
 */
final class Latencies {

  static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final int BITS = 3;
  private static final int CLASSES = 64 << BITS;

  private record Period(long startNanos, AtomicLongArray current, AtomicLongArray previous) {}

  private final LongSupplier nanoClock;
  private volatile Period period;

  Latencies(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.period = new Period(nanoClock.getAsLong(), empty(), empty());
  }

  private static AtomicLongArray empty() {
    return new AtomicLongArray(CLASSES);
  }

  /** Records what began at that time of the clock and ended at this one. */
  void record(long startNanos, long endNanos) {
    periodAt(endNanos).current().getAndIncrement(classOf(Math.max(0, endNanos - startNanos)));
  }

  private Period periodAt(long nowNanos) {
    Period seen = period;
    return nowNanos - seen.startNanos() < PERIOD_NANOS ? seen : turn(nowNanos);
  }

  private synchronized Period turn(long nowNanos) {
    Period old = period;
    long ageNanos = nowNanos - old.startNanos();
    if (ageNanos >= PERIOD_NANOS) {
      boolean next = ageNanos < 2 * PERIOD_NANOS;
      period = new Period(nowNanos, empty(), next ? old.current() : empty());
    }
    return period;
  }

  /** The figures of this moment; takes some microseconds. */
  LatencyFigures now() {
    Period seen = periodAt(nanoClock.getAsLong());
    long[] counts = new long[CLASSES];
    long total = 0;
    for (int i = 0; i < CLASSES; i++) {
      counts[i] = seen.current().get(i) + seen.previous().get(i);
      total += counts[i];
    }
    return total == 0
        ? LatencyFigures.NONE
        : new LatencyFigures(
            quantile(counts, total, 50), quantile(counts, total, 99), quantile(counts, total, 100));
  }

  private static long quantile(long[] counts, long total, int percent) {
    long rank = Math.max(1, (total * percent + 99) / 100);
    int index = 0;
    for (long passed = counts[0]; passed < rank; passed += counts[index]) {
      index++;
    }
    return middleOf(index);
  }

  // Below eight nanoseconds a class of its own each; above, the highest bit and the three after it.
  private static int classOf(long nanos) {
    if (nanos < 1 << BITS) {
      return (int) nanos;
    }
    int shift = 63 - Long.numberOfLeadingZeros(nanos) - BITS;
    return ((shift + 1) << BITS) + (int) ((nanos >>> shift) - (1 << BITS));
  }

  private static long middleOf(int index) {
    if (index < 1 << BITS) {
      return index;
    }
    int shift = (index >>> BITS) - 1;
    long low = ((long) (1 << BITS) + (index & ((1 << BITS) - 1))) << shift;
    return low + ((1L << shift) >>> 1);
  }
}
