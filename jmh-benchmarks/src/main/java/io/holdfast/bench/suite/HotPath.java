package io.holdfast.bench.suite;

import java.util.List;
import java.util.Map;

/**
 * One of the paths that have to be fast, and the benchmark that takes it.
 *
 * @param title what is done
 * @param fileName of its stacks and its picture, without an ending
 * @param benchmark class and method, from the package on
 * @param parameters what its parameters are set to; others are as the benchmark declares them
 */
record HotPath(
    String title, String fileName, String benchmark, Map<String, List<String>> parameters) {

  private static final List<String> OURS = List.of("HOLDFAST");
  private static final List<String> ONE_KIBIBYTE = List.of("1024");

  /** All of them. */
  static List<HotPath> all() {
    return List.of(
        new HotPath(
            "Hit in the heap",
            "heap-hit",
            "HeapGetBenchmark.get",
            Map.of("provider", OURS, "statistics", List.of("true"))),
        store("Get from the file, 1 KiB", "get-file", "StoreBenchmark.get"),
        store("Put into the file, 1 KiB", "put-file", "StoreBenchmark.put"),
        store("getAll of 100 from the file, 1 KiB", "get-all-file", "BulkBenchmark.getAll"),
        new HotPath(
            "Query of one row through the driver, H2 in memory",
            "driver-query",
            "peers.DriverBenchmark.queryOneRow",
            Map.of("driver", OURS)),
        new HotPath(
            "Answer to a prompt of 1 KiB",
            "prompt-answer",
            "answers.PromptBenchmark.answer",
            Map.of("asked", OURS)),
        new HotPath(
            "Answer about a table",
            "table-answer",
            "answers.TableAnswerBenchmark.answer",
            Map.of("source", OURS)));
  }

  private static HotPath store(String title, String fileName, String benchmark) {
    return new HotPath(
        title, fileName, "peers." + benchmark, Map.of("store", OURS, "valueBytes", ONE_KIBIBYTE));
  }
}
