package io.holdfast.tier;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the tier counts for monitors, whether or not Ehcache's statistics are on. */
final class TierCounters {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder removals = new LongAdder();
  final LongAdder evictions = new LongAdder();
  final LongAdder expirations = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder unreadable = new LongAdder();
  final AtomicLong outdated = new AtomicLong();

  void lookedUp(boolean found) {
    (found ? hits : misses).increment();
  }

  TierStatistics snapshot(long entries, long bytes) {
    return new TierStatistics(
        hits.sum(),
        misses.sum(),
        puts.sum(),
        removals.sum(),
        evictions.sum(),
        expirations.sum(),
        entries,
        bytes,
        failures.sum(),
        unreadable.sum());
  }
}
