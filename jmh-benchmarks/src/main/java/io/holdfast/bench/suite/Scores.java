package io.holdfast.bench.suite;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One table: what the peers of one comparison needed under the same conditions, the fastest first.
 *
 * @param heading the comparison's title with the conditions
 * @param baselineCpuNanos what the ratios are held to
 */
record Scores(String heading, double baselineCpuNanos, List<Score> ascending) {

  static Scores of(Comparison comparison, List<Score> sameConditions) {
    List<Score> ascending = sameConditions.stream()
        .sorted(Comparator.comparingDouble(Score::cpuNanos))
        .toList();
    double baseline = ascending.stream()
        .filter(score -> score.peer().equals(comparison.baseline()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(comparison.benchmark() + " has no result for "
            + comparison.baseline() + ", to which the others are held"))
        .cpuNanos();
    String conditions = ascending.get(0).conditions();
    return new Scores(
        comparison.title() + (conditions.isEmpty() ? "" : ", " + conditions) + ", threads = "
            + comparison.threads(),
        baseline,
        ascending);
  }

  /** To the baseline, with two decimal places, or with two digits if it is smaller than those show. */
  String ratio(Score score) {
    double ratio = score.cpuNanos() / baselineCpuNanos;
    return String.format(Locale.ROOT, ratio < .01 ? "%.2g" : "%.2f", ratio);
  }
}
