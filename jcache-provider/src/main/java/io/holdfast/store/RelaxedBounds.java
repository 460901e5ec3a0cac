package io.holdfast.store;

/**
 * How much {@link Durability#RELAXED} may lose of each cache when the process dies.
 *
 * @param maxDelayMillis no write is acknowledged while an older one has waited longer for the file; at
 *     least 2. Writing begins after half of it
 * @param maxEntries how many keys may wait for the file, at least 1; further writers wait
 */
public record RelaxedBounds(long maxDelayMillis, int maxEntries) {
  /** 100 milliseconds, 10,000 entries. */
  public static final RelaxedBounds DEFAULT = new RelaxedBounds(100, 10_000);

  public RelaxedBounds {
    if (maxDelayMillis < 2) {
      throw new IllegalArgumentException("maxDelayMillis must be at least 2: " + maxDelayMillis);
    }
    if (maxEntries < 1) {
      throw new IllegalArgumentException("maxEntries must be at least 1: " + maxEntries);
    }
  }

  /** The smaller of both delays and of both counts. */
  RelaxedBounds tightest(RelaxedBounds other) {
    return new RelaxedBounds(
        Math.min(maxDelayMillis, other.maxDelayMillis), Math.min(maxEntries, other.maxEntries));
  }
}
