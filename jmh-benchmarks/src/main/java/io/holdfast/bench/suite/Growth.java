package io.holdfast.bench.suite;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What one operation costs while something grows: one curve for each peer.
 *
 * @param title what is done
 * @param benchmark class and method, from the package on
 * @param peerParameter its parameter that names the peers
 * @param peers those that are measured, the baseline first
 * @param growing its parameter that grows, or {@link #THREADS}
 * @param sizes the values of that parameter, ascending
 * @param axis what these are
 * @param parameters what its other parameters are set to
 * @param rounds how long each point is measured
 */
record Growth(
    String title,
    String benchmark,
    String peerParameter,
    List<String> peers,
    String growing,
    List<Integer> sizes,
    String axis,
    Map<String, String> parameters,
    Rounds rounds) {

  /** Not a parameter of the benchmark, but how many threads run it. */
  static final String THREADS = "threads";

  private static final List<String> STORES = List.of("SQLITE_BY_HAND", "HOLDFAST");
  private static final List<Integer> THREAD_COUNTS = List.of(1, 2, 4, 8);
  private static final List<Integer> TABLES = List.of(1, 10, 100, 1_000);

  /** All that is measured. */
  static List<Growth> all() {
    return List.of(
        heap(THREADS, THREAD_COUNTS, "threads"),
        heap("entries", List.of(1_000, 10_000, 100_000, 1_000_000), "entries of 100 B"),
        threads("Get from the file", "get"),
        threads("Put into the file", "put"),
        new Growth(
            "Connect to PostgreSQL and read all structures",
            "schema.FirstFingerprintBenchmark.connectAndRead",
            "reader",
            List.of("READ_COLUMNS", "HOLDFAST"),
            "tables",
            TABLES,
            "tables",
            Map.of(),
            Rounds.OWN),
        entries("Get from the file", "get"),
        entries("Put into the file", "put"),
        fileSize("Get from a large file", "get"),
        fileSize("Put into a large file", "put"));
  }

  private static Growth heap(String growing, List<Integer> sizes, String axis) {
    return new Growth(
        "Hit in the heap",
        "HeapGetBenchmark.get",
        "provider",
        List.of("CONCURRENT_HASH_MAP", "HOLDFAST"),
        growing,
        sizes,
        axis,
        Map.of("statistics", "true"),
        Rounds.QUICK);
  }

  private static Growth entries(String title, String method) {
    return store(
        title, method, "entries", List.of(10_000, 100_000, 1_000_000), "entries of 100 B", "100");
  }

  // 100 MB, 1 GB and 5 GB.
  private static Growth fileSize(String title, String method) {
    return store(
        title, method, "entries", List.of(6_000, 60_000, 300_000), "entries of 16 KiB", "16384");
  }

  private static Growth threads(String title, String method) {
    return store(title, method, THREADS, THREAD_COUNTS, "threads, 1 KiB", "1024");
  }

  private static Growth store(
      String title,
      String method,
      String growing,
      List<Integer> sizes,
      String axis,
      String valueBytes) {
    return new Growth(
        title,
        "peers.StoreBenchmark." + method,
        "store",
        STORES,
        growing,
        sizes,
        axis,
        Map.of("valueBytes", valueBytes),
        Rounds.QUICK);
  }

  /** Measures every point; what JMH said of each goes to {@code raw}. */
  Curves measure(Collection<RunResult> raw) throws RunnerException {
    Map<String, List<Curves.Point>> points = new LinkedHashMap<>();
    peers.forEach(peer -> points.put(peer, new ArrayList<>()));
    for (int size : sizes) {
      Map<String, List<String>> values = new LinkedHashMap<>();
      parameters.forEach((name, value) -> values.put(name, List.of(value)));
      values.put(peerParameter, peers);
      boolean byThreads = growing.equals(THREADS);
      if (!byThreads) {
        values.put(growing, List.of(String.valueOf(size)));
      }
      for (RunResult result : rounds.run(benchmark, values, byThreads ? size : 1)) {
        raw.add(result);
        String peer = result.getParams().getParam(peerParameter);
        requireNonNull(points.get(peer))
            .add(new Curves.Point(
                size, Score.secondary(result, "cpu"), result.getPrimaryResult().getScore()));
      }
    }
    return new Curves(title, axis, points);
  }
}
