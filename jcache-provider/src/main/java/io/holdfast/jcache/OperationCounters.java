package io.holdfast.jcache;

import java.util.concurrent.atomic.LongAdder;

/** What a cache's operations did since it was opened. Striped, and exact when an operation has returned. */
final class OperationCounters {
  /** Hits but for those in {@link #heapHits}. */
  final LongAdder hits = new LongAdder();

  /** Hits that {@link HeapHits} answered. */
  final StripedCounter heapHits = new StripedCounter();

  final LongAdder misses = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder removals = new LongAdder();
  final LongAdder getNanos = new LongAdder();
  final LongAdder putNanos = new LongAdder();
  final LongAdder removeNanos = new LongAdder();

  void hitOrMiss(boolean hit) {
    (hit ? hits : misses).increment();
  }

  long hitCount() {
    return hits.sum() + heapHits.sum();
  }

  /**
   * The totals at one moment.
   *
   * @param evictions entries evicted to keep the cache's limits
   */
  record Totals(
      long hits,
      long misses,
      long puts,
      long removals,
      long evictions,
      long getNanos,
      long putNanos,
      long removeNanos) {

    static final Totals ZERO = new Totals(0, 0, 0, 0, 0, 0, 0, 0);

    Totals minus(Totals other) {
      return new Totals(
          hits - other.hits,
          misses - other.misses,
          puts - other.puts,
          removals - other.removals,
          evictions - other.evictions,
          getNanos - other.getNanos,
          putNanos - other.putNanos,
          removeNanos - other.removeNanos);
    }
  }

  Totals totals(long evictions) {
    return new Totals(
        hitCount(),
        misses.sum(),
        puts.sum(),
        removals.sum(),
        evictions,
        getNanos.sum(),
        putNanos.sum(),
        removeNanos.sum());
  }
}
