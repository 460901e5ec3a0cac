package io.holdfast.semantic.calibrate;

/** What the evidence allows for one scope. Decisions are values: to be stored, shown and compared. */
public sealed interface Decision {

  /** The promise that was asked for: the largest share of wrong answers among those served. */
  double maxFalseHitRate();

  /** How sure the promise has to be, from 0 to 1. */
  double confidence();

  /** How many judged pairs there were. */
  long evidence();

  /** Tells whether a pair of this score is served. */
  boolean serves(double score);

  /**
   * The promise is kept at this threshold.
   *
   * @param threshold the least score that is served
   * @param served how many pairs of the evidence have it
   * @param wrong how many of those should not match
   * @param upperBound the false-hit rate's upper bound; at most {@code maxFalseHitRate}
   */
  record Serve(
      double maxFalseHitRate,
      double confidence,
      long evidence,
      double threshold,
      long served,
      long wrong,
      double upperBound)
      implements Decision {
    @Override
    public boolean serves(double score) {
      return score >= threshold;
    }
  }

  /**
   * Nothing is served.
   *
   * @param tested how many of the surest pairs were looked at; 0 if there are fewer than {@code needed}
   * @param wrong how many of those should not match
   * @param needed how many pairs, all of them right, the promise takes at the least
   */
  record Refuse(
      double maxFalseHitRate,
      double confidence,
      long evidence,
      long tested,
      long wrong,
      long needed)
      implements Decision {
    @Override
    public boolean serves(double score) {
      return false;
    }
  }
}
