package io.holdfast.semantic.calibrate;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * Exact bounds on a share that was seen as some of a number of independent trials.
 *
 * @see <a href="https://doi.org/10.1093/biomet/26.4.404">Clopper and Pearson 1934</a>
 */
public final class BinomialBound {
  private static final int HALVINGS = 60;

  private BinomialBound() {}

  /**
   * Returns the share above which the true one lies with probability {@code 1 - confidence} at most.
   *
   * @param seen how many of the trials
   * @param trials 0 says nothing: the bound is 1 then
   * @throws IllegalArgumentException if more were seen than tried, or the confidence is not between 0 and 1
   */
  public static double upper(long seen, long trials, double confidence) {
    check(seen, trials, confidence);
    if (seen == trials) {
      return 1;
    }
    // P(at most `seen` at share p) = 1 - I_p(seen + 1, trials - seen), which falls as p rises.
    return root(
        p -> 1 - RegularizedBeta.value(p, seen + 1.0, (double) trials - seen) > 1 - confidence);
  }

  /**
   * Returns the share below which the true one lies with probability {@code 1 - confidence} at most.
   *
   * @throws IllegalArgumentException as {@link #upper}
   */
  public static double lower(long seen, long trials, double confidence) {
    check(seen, trials, confidence);
    return 1 - upper(trials - seen, trials, confidence);
  }

  private static void check(long seen, long trials, double confidence) {
    if (seen < 0 || seen > trials) {
      throw new IllegalArgumentException("seen must be from 0 to " + trials + ": " + seen);
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must be between 0 and 1: " + confidence);
    }
  }

  private interface Below {
    boolean test(double share);
  }

  private static double root(Below below) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (below.test(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
