package io.holdfast.jcache;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * An exact counter that many threads raise at once, each in a stripe that it shares with few others, and
 * that tells the thread the number of its stripe: so that whoever counts can also take samples without a
 * counter or a random number of its own, which {@link java.util.concurrent.atomic.LongAdder} cannot.
 */
final class StripedCounter {
  private static final int STRIPES =
      Math.min(64, 4 * Integer.highestOneBit(Runtime.getRuntime().availableProcessors()));

  /** Longs between two stripes: two lines of the processor cache, which are fetched as a pair. */
  private static final int SPACING = 16;

  private final AtomicLongArray stripes = new AtomicLongArray((STRIPES + 1) * SPACING);

  /** Adds one; the number of this thread's stripe before. */
  long getAndIncrement() {
    int stripe = (int) Thread.currentThread().getId() & (STRIPES - 1);
    return stripes.getAndIncrement((stripe + 1) * SPACING);
  }

  /** All that was counted by what happened before this call. */
  long sum() {
    long sum = 0;
    for (int stripe = 1; stripe <= STRIPES; stripe++) {
      sum += stripes.get(stripe * SPACING);
    }
    return sum;
  }
}
