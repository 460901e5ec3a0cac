package io.holdfast.bench.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.bench.CpuTimeProfiler;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long a benchmark is run. Each run notes processor time and allocation as well. */
enum Rounds {
  /** One fork, three and three rounds of a second: rough. */
  QUICK(1, 3, 3),
  /** Two forks, four and five rounds of a second. */
  LONG(2, 4, 5),
  /** As the benchmark itself says, which may count single shots. */
  OWN(0, 0, 0);

  private final int forks;
  private final int warmups;
  private final int measurements;

  Rounds(int forks, int warmups, int measurements) {
    this.forks = forks;
    this.warmups = warmups;
    this.measurements = measurements;
  }

  /**
   * Runs it for each combination of the parameters.
   *
   * @param benchmark class and method, from the package on
   * @param parameters each with its values; others are as the benchmark declares them
   */
  Collection<RunResult> run(String benchmark, Map<String, List<String>> parameters, int threads)
      throws RunnerException {
    ChainedOptionsBuilder options = new OptionsBuilder()
        .include("io\\.holdfast\\.bench\\." + benchmark.replace(".", "\\.") + "$")
        .threads(threads)
        .addProfiler(GCProfiler.class)
        .addProfiler(CpuTimeProfiler.class)
        .shouldFailOnError(true);
    parameters.forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
    if (this != OWN) {
      options
          .forks(forks)
          .warmupIterations(warmups)
          .warmupTime(TimeValue.seconds(1))
          .measurementIterations(measurements)
          .measurementTime(TimeValue.seconds(1));
    }
    return new Runner(options.build()).run();
  }

  /** What JMH says of them, but for where Java lies on this machine, which is nobody's business. */
  static String json(Collection<RunResult> results) {
    var bytes = new ByteArrayOutputStream();
    var stream = new PrintStream(bytes, /* autoFlush= */ true, UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, stream).writeOut(results);
    return bytes.toString(UTF_8).replaceAll("\"jvm\" : \"[^\"]*\"", "\"jvm\" : \"java\"");
  }
}
