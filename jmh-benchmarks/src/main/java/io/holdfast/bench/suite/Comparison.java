package io.holdfast.bench.suite;

import java.util.List;
import java.util.Map;

/**
 * One benchmark, run once for each peer in one go, so that the ratio to the baseline means something.
 *
 * @param title what is compared
 * @param benchmark class and method, from the package on
 * @param peerParameter its parameter that names the peers
 * @param baseline the peer to which the others are held
 * @param parameters what its other parameters are set to; one table and one chart for each combination
 * @param threads how many threads call at the same time
 */
record Comparison(
    String title,
    String benchmark,
    String peerParameter,
    String baseline,
    Map<String, List<String>> parameters,
    int threads) {

  private static final Map<String, List<String>> ALL_SIZES =
      Map.of("valueBytes", List.of("100", "1024", "16384"));
  private static final Map<String, List<String>> ONE_SIZE = Map.of("valueBytes", List.of("1024"));
  private static final Map<String, List<String>> AT_HOME_IN_THE_PROCESSOR =
      Map.of("valueBytes", List.of("100"), "entries", List.of("1000"));
  // Those that read; what maps its file would still have it in memory.
  private static final Map<String, List<String>> ON_DISK = Map.of(
      "valueBytes", List.of("1024"),
      "entries", List.of("200000"),
      "workingSet", List.of("ON_DISK"),
      "store", List.of("SQLITE_BY_HAND", "HOLDFAST", "EHCACHE_DISK", "ROCKSDB"));

  /** Everything that is compared; {@code quick} leaves out sizes of values and numbers of threads. */
  static List<Comparison> chosen(boolean quick) {
    return quick
        ? List.of(
            heapHit(1),
            get(ONE_SIZE, 1),
            get(ON_DISK, 1),
            put(ONE_SIZE, 1),
            bulk("getAll", "getAll of 100 from the file"),
            bulk("putAll", "putAll of 1,000 into the file"),
            driver("executePrepared"),
            driver("queryOneRow"),
            driver("scanThousandRows"),
            prompt(),
            tableAnswer())
        : List.of(
            heapHit(1),
            heapHit(8),
            get(ALL_SIZES, 1),
            get(ONE_SIZE, 8),
            put(ALL_SIZES, 1),
            put(ONE_SIZE, 8),
            get(Map.of("valueBytes", List.of("1024"), "order", List.of("ZIPF")), 1),
            get(AT_HOME_IN_THE_PROCESSOR, 1),
            get(ON_DISK, 1),
            bulk("getAll", "getAll of 100 from the file"),
            bulk("putAll", "putAll of 1,000 into the file"),
            driver("executePrepared"),
            driver("queryOneRow"),
            driver("scanThousandRows"),
            prompt(),
            tableAnswer());
  }

  private static Comparison heapHit(int threads) {
    return new Comparison(
        "Hit in the heap",
        "HeapGetBenchmark.get",
        "provider",
        "CONCURRENT_HASH_MAP",
        Map.of("statistics", List.of("true")),
        threads);
  }

  private static Comparison get(Map<String, List<String>> sizes, int threads) {
    return new Comparison(
        "Get from the file", "peers.StoreBenchmark.get", "store", "SQLITE_BY_HAND", sizes, threads);
  }

  private static Comparison put(Map<String, List<String>> sizes, int threads) {
    return new Comparison(
        "Put into the file", "peers.StoreBenchmark.put", "store", "SQLITE_BY_HAND", sizes, threads);
  }

  private static Comparison bulk(String method, String title) {
    return new Comparison(
        title, "peers.BulkBenchmark." + method, "store", "SQLITE_BY_HAND", ONE_SIZE, 1);
  }

  private static Comparison prompt() {
    return new Comparison(
        "Answer to a prompt of 1 KiB",
        "answers.PromptBenchmark.answer",
        "asked",
        "CACHE",
        Map.of(),
        1);
  }

  private static Comparison tableAnswer() {
    return new Comparison(
        "Answer about a table as it is now",
        "answers.TableAnswerBenchmark.answer",
        "source",
        "READ_STRUCTURE",
        Map.of(),
        1);
  }

  private static Comparison driver(String method) {
    return new Comparison(
        "Through a driver: " + method,
        "peers.DriverBenchmark." + method,
        "driver",
        "RAW",
        Map.of(),
        1);
  }
}
