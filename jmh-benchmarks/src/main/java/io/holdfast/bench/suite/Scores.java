package io.holdfast.bench.suite;

import java.util.Comparator;
import java.util.List;

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

  double ratio(Score score) {
    return score.cpuNanos() / baselineCpuNanos;
  }
}
