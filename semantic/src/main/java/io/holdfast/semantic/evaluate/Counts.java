package io.holdfast.semantic.evaluate;

import io.holdfast.semantic.calibrate.BinomialBound;

/**
 * How a way to recognise repeats did on labelled pairs. Intervals are exact, two-sided, of 95 %.
 *
 * @param positives pairs that should match
 * @param negatives pairs that should not
 * @param servedPositives answered rightly
 * @param servedNegatives answered wrongly
 */
public record Counts(long positives, long negatives, long servedPositives, long servedNegatives) {
  private static final double EACH_SIDE = 0.975;

  public long served() {
    return servedPositives + servedNegatives;
  }

  /** The share of right answers among those served; empty bounds if nothing was served. */
  public Share precision() {
    return Share.of(servedPositives, served());
  }

  /** The share of repeats that were served. */
  public Share recall() {
    return Share.of(servedPositives, positives);
  }

  /** The share of pairs that should not match but were served. */
  public Share negativesServed() {
    return Share.of(servedNegatives, negatives);
  }

  /**
   * A share with its interval.
   *
   * @param value not a number if it is a share of nothing
   */
  public record Share(double value, double low, double high) {
    static Share of(long some, long all) {
      return all == 0
          ? new Share(Double.NaN, 0, 1)
          : new Share(
              (double) some / all,
              BinomialBound.lower(some, all, EACH_SIDE),
              BinomialBound.upper(some, all, EACH_SIDE));
    }
  }
}
