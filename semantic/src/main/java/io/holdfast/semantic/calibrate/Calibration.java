package io.holdfast.semantic.calibrate;

import io.holdfast.semantic.calibrate.Decision.Refuse;
import io.holdfast.semantic.calibrate.Decision.Serve;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses the least score that keeps a promise about wrong answers.
 *
 * <p>Fixed-sequence testing: thresholds are tried from the strictest on, each on all evidence at or above it, until the first
 * whose exact upper bound is too high; the last good one holds. The order is fixed by scores alone, never by labels, so the
 * whole procedure errs with probability {@code 1 - confidence} at most, however many thresholds are tried. It supposes that the
 * evidence is drawn from the traffic that will be served, pair by pair independently.
 *
 * @see <a href="https://arxiv.org/abs/2110.01052">Learn then Test, section 2.2: fixed sequence testing</a>
 */
public final class Calibration {
  /** Each threshold serves this much more of the evidence than the one before. */
  private static final double STEP = 1.05;

  private final double maxFalseHitRate;
  private final double confidence;

  private Calibration(double maxFalseHitRate, double confidence) {
    this.maxFalseHitRate = maxFalseHitRate;
    this.confidence = confidence;
  }

  /**
   * Returns a calibration that is 95 % sure of its promise.
   *
   * @param rate the largest share of wrong answers among those served
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public static Calibration maxFalseHitRate(double rate) {
    return new Calibration(share("maxFalseHitRate", rate), 0.95);
  }

  /**
   * Returns the same with another confidence.
   *
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public Calibration confidence(double sureness) {
    return new Calibration(maxFalseHitRate, share("confidence", sureness));
  }

  private static double share(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be between 0 and 1: " + value);
    }
    return value;
  }

  /** How many served pairs, all of them right, prove the promise. */
  public long needed() {
    return (long) Math.ceil(Math.log(1 - confidence) / Math.log(1 - maxFalseHitRate) - 1e-9);
  }

  /** Decides. Sorts the evidence: some milliseconds for thousands of pairs. */
  public Decision decide(List<Evidence> evidence) {
    List<Evidence> surest = evidence.stream()
        .filter(e -> e.score() > Double.NEGATIVE_INFINITY)
        .sorted(Comparator.comparingDouble(Evidence::score).reversed())
        .toList();
    Serve good = null;
    long served = 0;
    long wrong = 0;
    for (double next = needed();
        next <= surest.size();
        next = Math.max(served + 1.0, next * STEP)) {
      double threshold = surest.get((int) next - 1).score();
      while (served < surest.size() && surest.get((int) served).score() >= threshold) {
        wrong += surest.get((int) served).shouldMatch() ? 0 : 1;
        served++;
      }
      double bound = BinomialBound.upper(wrong, served, confidence);
      if (bound > maxFalseHitRate) {
        break;
      }
      good =
          new Serve(maxFalseHitRate, confidence, evidence.size(), threshold, served, wrong, bound);
    }
    return good != null
        ? good
        : new Refuse(maxFalseHitRate, confidence, evidence.size(), served, wrong, needed());
  }
}
