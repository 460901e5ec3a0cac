package io.holdfast.jmx.console;

import java.util.Optional;

/** One cache, or all of them together, over time. */
final class CacheHistory {

  private final Series hitPercentage = new Series();
  private final Series heapHits = new Series();
  private final Series fileHits = new Series();
  private final Series misses = new Series();

  /** Adds what happened since the sample before; empty where that is not known: lines end there. */
  void add(long atMillis, Optional<Rates> since) {
    hitPercentage.add(atMillis, since.map(Rates::hitPercentage).orElse(Double.NaN));
    heapHits.add(atMillis, since.map(Rates::heapHitsPerSecond).orElse(Double.NaN));
    fileHits.add(atMillis, since.map(Rates::fileHitsPerSecond).orElse(Double.NaN));
    misses.add(atMillis, since.map(Rates::missesPerSecond).orElse(Double.NaN));
  }

  /** Per cent of the look-ups since the sample before. */
  Series hitPercentage() {
    return hitPercentage;
  }

  /** Per second. */
  Series heapHits() {
    return heapHits;
  }

  /** Per second. */
  Series fileHits() {
    return fileHits;
  }

  /** Per second. */
  Series misses() {
    return misses;
  }
}
