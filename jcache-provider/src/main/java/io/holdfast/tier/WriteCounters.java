package io.holdfast.tier;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tells whether a key may have changed since a moment: a counter for each stripe of keys, raised after
 * a commit and before the heap is told to forget its copy.
 */
final class WriteCounters {
  private final AtomicLongArray counters = new AtomicLongArray(KeyStripes.stripeCount());

  long current(Object key) {
    return counters.get(KeyStripes.stripeOf(key));
  }

  void raise(Object key) {
    counters.incrementAndGet(KeyStripes.stripeOf(key));
  }

  void raiseAll() {
    for (int i = 0; i < counters.length(); i++) {
      counters.incrementAndGet(i);
    }
  }
}
