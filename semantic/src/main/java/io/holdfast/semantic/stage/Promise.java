package io.holdfast.semantic.stage;

import io.holdfast.semantic.calibrate.Calibration;

/**
 * How many of the answers that are served may be wrong, and how sure that is to be.
 *
 * <p>Evidence comes in bit by bit, and whoever looks again and again finds luck at last. So each look may err with a part of the
 * whole probability only: a half at the first, then a sixth, a twelfth, one over {@code k(k + 1)}. They add up to one, however many
 * there are.
 *
 * @param maxFalseHitRate the largest share of wrong answers among those served
 * @param confidence of all looks together
 */
record Promise(double maxFalseHitRate, double confidence) {

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if one is not between 0 and 1
   */
  Promise {
    Calibration.maxFalseHitRate(maxFalseHitRate).confidence(confidence);
  }

  /** How sure a look has to be, of which the first is 1. */
  double confidence(int look) {
    return 1 - (1 - confidence) / ((double) look * (look + 1));
  }

  Calibration calibration(int look) {
    return Calibration.maxFalseHitRate(maxFalseHitRate).confidence(confidence(look));
  }
}
