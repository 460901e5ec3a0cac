package io.holdfast.jcache;

import io.holdfast.jcache.OperationCounters.Totals;
import java.util.function.LongSupplier;
import javax.cache.management.CacheStatisticsMXBean;

/**
 * JSR-107's view of the counters: since statistics were switched on or last cleared, and standing
 * still while they are off.
 *
 * <p>Each figure is a raw total less a baseline. Clearing takes a new baseline, of all counters,
 * evictions included.
 */
final class StatisticsBean implements CacheStatisticsMXBean {
  private final OperationCounters counters;
  private final LongSupplier evictions;
  private volatile boolean enabled;
  /** While statistics are off: what they would show, frozen. Guarded by this. */
  private Totals frozen = Totals.ZERO;
  /** While statistics are on: what the totals were when they would have shown zero. Guarded by this. */
  private Totals baseline = Totals.ZERO;

  StatisticsBean(OperationCounters counters, LongSupplier evictions) {
    this.counters = counters;
    this.evictions = evictions;
  }

  boolean isEnabled() {
    return enabled;
  }

  synchronized void enable(boolean on) {
    if (on == enabled) {
      return;
    }
    if (on) {
      baseline = now().minus(frozen);
    } else {
      frozen = now().minus(baseline);
    }
    enabled = on;
  }

  @Override
  public synchronized void clear() {
    frozen = Totals.ZERO;
    baseline = now();
  }

  private Totals now() {
    return counters.totals(evictions.getAsLong());
  }

  private synchronized Totals shown() {
    return enabled ? now().minus(baseline) : frozen;
  }

  @Override
  public long getCacheHits() {
    return shown().hits();
  }

  @Override
  public float getCacheHitPercentage() {
    Totals totals = shown();
    return percentage(totals.hits(), totals.hits() + totals.misses());
  }

  @Override
  public long getCacheMisses() {
    return shown().misses();
  }

  @Override
  public float getCacheMissPercentage() {
    Totals totals = shown();
    return percentage(totals.misses(), totals.hits() + totals.misses());
  }

  @Override
  public long getCacheGets() {
    Totals totals = shown();
    return totals.hits() + totals.misses();
  }

  @Override
  public long getCachePuts() {
    return shown().puts();
  }

  @Override
  public long getCacheRemovals() {
    return shown().removals();
  }

  @Override
  public long getCacheEvictions() {
    return shown().evictions();
  }

  /** Microseconds a get, bulk gets and entry processors included. */
  @Override
  public float getAverageGetTime() {
    Totals totals = shown();
    return averageMicros(totals.getNanos(), totals.hits() + totals.misses());
  }

  /** Microseconds an entry put, bulk puts and entry processors included. */
  @Override
  public float getAveragePutTime() {
    Totals totals = shown();
    return averageMicros(totals.putNanos(), totals.puts());
  }

  /** Microseconds an entry removed, bulk removals and entry processors included. */
  @Override
  public float getAverageRemoveTime() {
    Totals totals = shown();
    return averageMicros(totals.removeNanos(), totals.removals());
  }

  private static float percentage(long part, long whole) {
    return whole == 0 ? 0f : 100f * part / whole;
  }

  private static float averageMicros(long nanos, long count) {
    return count == 0 ? 0f : nanos / 1000f / count;
  }
}
