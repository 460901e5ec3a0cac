package io.holdfast.bench.suite;

import java.util.Map;

/**
 * One number that a benchmark finds.
 *
 * @param source the run that finds it
 * @param metric which of the run's numbers
 */
record Figure(Source source, Metric metric) {

  /**
   * What one run of a benchmark finds all at once.
   *
   * @param benchmark class and method, from the package on
   * @param parameters what its parameters are set to; others are as the benchmark declares them, with one value
   * @param threads how many threads call at the same time
   * @param hasOwnRounds whether the benchmark itself says how long it is run, as those do that count single shots
   */
  record Source(
      String benchmark, Map<String, String> parameters, int threads, boolean hasOwnRounds) {}

  /** Processor time of one operation. */
  static Figure cpu(String benchmark, Map<String, String> parameters) {
    return new Figure(new Source(benchmark, parameters, 1, false), Metric.CPU_NANOS);
  }

  /** What one takes by the clock, of a benchmark that counts single shots. */
  static Figure shot(String benchmark, Map<String, String> parameters) {
    return new Figure(new Source(benchmark, parameters, 1, true), Metric.WALL_NANOS);
  }

  Figure by(int threads) {
    return new Figure(
        new Source(source.benchmark(), source.parameters(), threads, source.hasOwnRounds()),
        metric);
  }

  Figure in(Metric other) {
    return new Figure(source, other);
  }
}
