package io.holdfast.bench.suite;

import org.openjdk.jmh.results.RunResult;

/** Which number of a benchmark's result. */
enum Metric {
  /** Time of all processors for an operation. */
  CPU_NANOS {
    @Override
    double of(RunResult result) {
      return Score.secondary(result, "cpu");
    }
  },
  /** Time of a clock for an operation, on average. */
  WALL_NANOS {
    @Override
    double of(RunResult result) {
      return result.getPrimaryResult().getScore();
    }
  },
  /** What half of the operations take by the clock; of a benchmark that keeps each. */
  MEDIAN_WALL_NANOS {
    @Override
    double of(RunResult result) {
      return result.getPrimaryResult().getStatistics().getPercentile(50);
    }
  },
  /** Operations of all threads in a second; of a benchmark that counts those. */
  PER_SECOND {
    @Override
    double of(RunResult result) {
      return result.getPrimaryResult().getScore();
    }
  },
  /** Operations of the writer in a second, where it is not alone. */
  WRITES_PER_SECOND {
    @Override
    double of(RunResult result) {
      return Score.secondary(result, "putBeside");
    }
  },
  /** Allocated in the heap by an operation. */
  HEAP_BYTES {
    @Override
    double of(RunResult result) {
      return Score.secondary(result, "gc.alloc.rate.norm");
    }
  };

  abstract double of(RunResult result);
}
