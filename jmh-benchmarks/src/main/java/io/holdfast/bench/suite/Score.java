package io.holdfast.bench.suite;

import static java.util.Objects.requireNonNull;

import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;

/**
 * What one peer needed for one operation.
 *
 * @param conditions the parameters but the peer's, empty if there are none
 * @param peer who was measured
 * @param cpuNanos time of all processors
 * @param wallNanos time of a clock
 * @param wallErrorNanos half of the 99.9 % confidence interval of {@code wallNanos}; not a number after one
 *     iteration
 * @param heapBytes allocated in the heap
 */
record Score(
    String conditions,
    String peer,
    double cpuNanos,
    double wallNanos,
    double wallErrorNanos,
    double heapBytes) {

  static Score of(Comparison comparison, RunResult result) {
    String conditions = result.getParams().getParamsKeys().stream()
        .filter(name -> !name.equals(comparison.peerParameter()))
        .map(name -> name + " = " + result.getParams().getParam(name))
        .collect(Collectors.joining(", "));
    return new Score(
        conditions,
        result.getParams().getParam(comparison.peerParameter()),
        secondary(result, "cpu"),
        result.getPrimaryResult().getScore(),
        result.getPrimaryResult().getScoreError(),
        secondary(result, "gc.alloc.rate.norm"));
  }

  /** Of what a profiler noted. */
  static double secondary(RunResult result, String name) {
    return requireNonNull(result.getSecondaryResults().get(name), name).getScore();
  }
}
