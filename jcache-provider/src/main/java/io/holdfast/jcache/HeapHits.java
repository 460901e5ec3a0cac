package io.holdfast.jcache;

import io.holdfast.heap.HeapTier;
import org.jspecify.annotations.Nullable;

/**
 * Gets that a copy in the heap answers: straight from its map, past all that a get needs which has to
 * look further. A hit takes no lock and, where values are immutable, allocates nothing. Only for a cache
 * whose expiry policy has nothing to say about accesses.
 *
 * <p>Every hit is counted. One in {@value #SAMPLE} is done again by the clock and stands for the others,
 * among the first few more of them: to read the clock twice costs several times what the hit does.
 *
 * <p>The methods are cut so that the compiler takes the way of a hit into the code of the caller, where
 * it knows the class of the key; the sample and what is seldom are kept out of it.
 */
final class HeapHits<K, V> {
  private static final int SAMPLE = 256;

  private final HeapTier<Object, Object> tier;
  private final BackingCache<K, V> backing;
  private final Detours detours;
  private final boolean isPrepared;
  private final boolean isShared;
  private final OperationCounters counters;
  private final StatisticsBean statistics;

  /**
   * The hits of one cache.
   *
   * @param isPrepared whether something has to be done before the heap is asked
   * @param isShared whether callers are handed the very values that are in the heap
   */
  HeapHits(
      HeapTier<Object, Object> tier,
      BackingCache<K, V> backing,
      boolean isPrepared,
      boolean isShared,
      OperationCounters counters,
      StatisticsBean statistics) {
    this.tier = tier;
    this.backing = backing;
    this.detours = backing.detours();
    this.isPrepared = isPrepared;
    this.isShared = isShared;
    this.counters = counters;
    this.statistics = statistics;
  }

  /** The value, having been accessed and counted; null if the tiers have to be asked. */
  @Nullable
  V find(K key) {
    if (detours.areNeeded()) {
      return null;
    }
    if (isPrepared) {
      backing.prepareReading();
    }
    Object kept = tier.find(key);
    if (kept == null) {
      return null;
    }
    long earlierHits = counters.heapHits.getAndIncrement();
    if (statistics.isEnabled() && isTimed(earlierHits)) {
      timeAnother(key, weight(earlierHits));
    }
    return handOut(kept);
  }

  /** The hits before which there were 0, 1, 2, 4, 8 and so on, and from then on each {@value #SAMPLE}th. */
  static boolean isTimed(long earlierHits) {
    long passedOver = earlierHits < SAMPLE ? earlierHits - 1 : SAMPLE - 1;
    return (earlierHits & passedOver) == 0;
  }

  /** How many hits this one stands for: itself, and those until the next that is timed. */
  static long weight(long earlierHits) {
    return Math.max(1, Math.min(earlierHits, SAMPLE));
  }

  private void timeAnother(K key, long weight) {
    long startNanos = System.nanoTime();
    Object kept = tier.find(key);
    if (kept != null) {
      handOut(kept);
      counters.getNanos.add(weight * (System.nanoTime() - startNanos));
    }
  }

  @SuppressWarnings("unchecked") // a shared value is kept as it is
  private V handOut(Object kept) {
    return isShared ? (V) kept : backing.handOutValue(kept);
  }
}
