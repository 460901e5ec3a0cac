package io.holdfast.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The hot paths beside their baselines, in a short run of the benchmarks themselves: fails if one has got
 * twice as slow, in processor time, or allocates twice as much as it should. Proves no speed; it is there
 * so that a gross loss does not go unnoticed until somebody measures.
 *
 * <p>Of each the least of some short rounds in a JVM of its own counts, and who fails may try again: what
 * else the machine does can only add to it. On a machine so busy that there was no processor for a good
 * part of the time a failure tells nothing, and the test is skipped.
 */
final class RegressionGuardIT {

  private static final int GROSS = 2;

  /** On a busy machine the compiler has a queue; each further try leaves it more time before it counts. */
  private static final List<TimeValue> WARM_UPS =
      List.of(TimeValue.milliseconds(400), TimeValue.seconds(2), TimeValue.seconds(6));

  /** With less of a processor the compiler does not keep up, and short rounds measure that. */
  private static final double UNDISTURBED = .75;

  /** A rounding of JMH's, and what a recompilation in the middle of a round may leave. */
  private static final double SLACK_BYTES = 32;

  /** What is watched. When a path gets faster for good, its ratio here goes down with it. */
  enum Path {
    HEAP_HIT(
        "HeapGetBenchmark.get", "provider", "CONCURRENT_HASH_MAP", 1.6, 0, "statistics", "true"),
    FILE_GET("peers.StoreBenchmark.get", "store", "SQLITE_BY_HAND", 1, 3_700, "valueBytes", "1024"),
    FILE_PUT("peers.StoreBenchmark.put", "store", "SQLITE_TUNED", 1.4, 3_700, "valueBytes", "1024"),
    DRIVER_QUERY("peers.DriverBenchmark.queryOneRow", "driver", "RAW", 1.3, 2_300, "", ""),
    PROMPT("answers.PromptBenchmark.answer", "asked", "SHA_256", 4.5, 11_000, "", "");

    private final String benchmark;
    private final String peerParameter;
    private final String baseline;
    private final double ratio;
    private final double heapBytes;
    private final String parameter;
    private final String value;

    /**
     * Watches one.
     *
     * @param ratio of processor time to the baseline's, as measured at leisure
     * @param heapBytes allocated by one operation, as measured at leisure
     * @param parameter of the benchmark, set to {@code value}; empty for none
     */
    Path(
        String benchmark,
        String peerParameter,
        String baseline,
        double ratio,
        double heapBytes,
        String parameter,
        String value) {
      this.benchmark = benchmark;
      this.peerParameter = peerParameter;
      this.baseline = baseline;
      this.ratio = ratio;
      this.heapBytes = heapBytes;
      this.parameter = parameter;
      this.value = value;
    }

    boolean isGood(Cost cost) {
      return cost.ratio() < GROSS * ratio && cost.heapBytes() < GROSS * heapBytes + SLACK_BYTES;
    }

    String limits() {
      return "less than %d x %.2f of %s's processor time, and than %d x %.0f B"
          .formatted(GROSS, ratio, baseline, GROSS, heapBytes);
    }

    Cost measure(TimeValue warmUp) throws RunnerException {
      Map<String, RunResult> byPeer = new HashMap<>();
      for (RunResult result : run(warmUp)) {
        byPeer.put(result.getParams().getParam(peerParameter), result);
      }
      RunResult ours = requireNonNull(byPeer.get("HOLDFAST"));
      RunResult theirs = requireNonNull(byPeer.get(baseline));
      return new Cost(
          least(ours, "cpu") / least(theirs, "cpu"),
          least(ours, "gc.alloc.rate.norm"),
          Math.min(processorShare(ours), processorShare(theirs)));
    }

    private Collection<RunResult> run(TimeValue warmUp) throws RunnerException {
      ChainedOptionsBuilder options = new OptionsBuilder()
          .include("io\\.holdfast\\.bench\\." + benchmark.replace(".", "\\.") + "$")
          .param(peerParameter, baseline, "HOLDFAST")
          .forks(1)
          .warmupIterations(3)
          .warmupTime(warmUp)
          .measurementIterations(5)
          .measurementTime(TimeValue.milliseconds(200))
          .addProfiler(GCProfiler.class)
          .addProfiler(CpuTimeProfiler.class)
          .verbosity(VerboseMode.SILENT)
          .shouldFailOnError(true);
      if (!parameter.isEmpty()) {
        options.param(parameter, value);
      }
      return new Runner(options.build()).run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void hotPath_besideItsBaseline_isNotTwiceAsDear(Path path) throws RunnerException {
    Cost cost = path.measure(WARM_UPS.get(0));
    for (int more = 1; more < WARM_UPS.size() && !path.isGood(cost); more++) {
      cost = cost.least(path.measure(WARM_UPS.get(more)));
    }
    System.out.printf(
        "%s: %.2f x %s, %.0f B%n", path, cost.ratio(), path.baseline, cost.heapBytes());
    assumeTrue(
        path.isGood(cost) || cost.processorShare() > UNDISTURBED,
        "the machine is too busy to tell: " + cost);
    assertThat(cost).matches(path::isGood, path.limits());
  }

  /**
   * What one operation takes.
   *
   * @param ratio of processor time to the baseline's
   * @param heapBytes allocated
   * @param processorShare of the time that there was a processor for it
   */
  record Cost(double ratio, double heapBytes, double processorShare) {
    Cost least(Cost other) {
      return new Cost(
          Math.min(ratio, other.ratio),
          Math.min(heapBytes, other.heapBytes),
          Math.min(processorShare, other.processorShare));
    }
  }

  private static double processorShare(RunResult result) {
    return requireNonNull(result.getSecondaryResults().get("cpu")).getScore()
        / result.getPrimaryResult().getScore();
  }

  private static double least(RunResult result, String profiled) {
    return requireNonNull(result.getSecondaryResults().get(profiled))
        .getStatistics()
        .getMin();
  }
}
