package io.holdfast.jmx.console;

import java.util.Optional;

/**
 * Where the look-ups between two moments were answered.
 *
 * @param seconds between the two
 */
record Rates(double seconds, double heapHits, double fileHits, double misses) {

  /**
   * What happened between two readings of one cache; nothing if they do not follow one another: the
   * counters of a cache that was opened anew start again.
   */
  static Optional<Rates> between(
      Numbers earlier, long earlierMillis, Numbers later, long laterMillis) {
    double seconds = (laterMillis - earlierMillis) / 1000.0;
    double hits = later.get("HitCount") - earlier.get("HitCount");
    double heapHits = later.get("HeapHitCount") - earlier.get("HeapHitCount");
    double misses = later.get("MissCount") - earlier.get("MissCount");
    // Written so that NaN is refused as well.
    boolean follows = seconds > 0 && hits >= 0 && heapHits >= 0 && misses >= 0;
    return follows
        ? Optional.of(new Rates(seconds, heapHits, Math.max(0, hits - heapHits), misses))
        : Optional.empty();
  }

  /** Of two caches in the same time. */
  Rates plus(Rates other) {
    return new Rates(
        Math.max(seconds, other.seconds),
        heapHits + other.heapHits,
        fileHits + other.fileHits,
        misses + other.misses);
  }

  /** 0 to 100; NaN when nobody looked anything up. */
  double hitPercentage() {
    double lookUps = heapHits + fileHits + misses;
    return lookUps == 0 ? Double.NaN : 100 * (heapHits + fileHits) / lookUps;
  }

  double heapHitsPerSecond() {
    return heapHits / seconds;
  }

  double fileHitsPerSecond() {
    return fileHits / seconds;
  }

  double missesPerSecond() {
    return misses / seconds;
  }
}
