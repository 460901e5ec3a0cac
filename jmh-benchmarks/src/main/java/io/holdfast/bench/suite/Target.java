package io.holdfast.bench.suite;

import static io.holdfast.bench.suite.Metric.HEAP_BYTES;
import static io.holdfast.bench.suite.Metric.MEDIAN_WALL_NANOS;
import static io.holdfast.bench.suite.Metric.PER_SECOND;
import static io.holdfast.bench.suite.Metric.WRITES_PER_SECOND;

import io.holdfast.bench.suite.Amount.Difference;
import io.holdfast.bench.suite.Amount.Plain;
import io.holdfast.bench.suite.Amount.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What we want of a hot path.
 *
 * @param path what is done
 * @param beside what the amount is held to, in words
 * @param amount what counts
 * @param bound which side of the limit is good
 * @param limit in the unit
 */
record Target(String path, String beside, Amount amount, Bound bound, double limit, Unit unit) {

  private static final int SCANNED_ROWS = 1_000;
  private static final String[] TIER_SIZES = {"100", "1024"};

  /** Which side of a limit is good. */
  enum Bound {
    AT_MOST("at most "),
    AT_LEAST("at least ");

    private final String words;

    Bound(String words) {
      this.words = words;
    }
  }

  /** All that we want and a benchmark of the suite can tell. */
  static List<Target> all() {
    List<Target> all = new ArrayList<>(heapHits());
    for (String valueBytes : TIER_SIZES) {
      all.addAll(gets(valueBytes));
      all.addAll(puts(valueBytes));
    }
    all.addAll(bulk());
    all.addAll(durability());
    all.addAll(driver());
    all.addAll(answers());
    return List.copyOf(all);
  }

  boolean isMet(double measured) {
    return bound == Bound.AT_MOST ? measured <= limit : measured >= limit;
  }

  String wording() {
    return bound.words + unit.text(limit);
  }

  private static List<Target> heapHits() {
    Figure ours = heapHit("HOLDFAST", "true");
    return List.of(
        atMostTimes(
            2, "Heap hit", "a ConcurrentHashMap", ours, heapHit("CONCURRENT_HASH_MAP", "true")),
        atMostTimes(
            1.15, "Heap hit, statistics on", "statistics off", ours, heapHit("HOLDFAST", "false")),
        noGarbage("Heap hit", new Plain(ours.in(HEAP_BYTES))));
  }

  private static Figure heapHit(String provider, String statistics) {
    return Figure.cpu(
        "HeapGetBenchmark.get", Map.of("provider", provider, "statistics", statistics));
  }

  private static List<Target> gets(String valueBytes) {
    String path = "Get from the file, " + valueBytes + " B";
    Figure ours = store("get", "HOLDFAST", valueBytes);
    return List.of(
        atMostTimes(
            .33, path, "a prepared SELECT", ours, store("get", "SQLITE_BY_HAND", valueBytes)),
        atMostTimes(
            1.15,
            path,
            "a prepared SELECT in one endless transaction",
            ours,
            store("get", "SQLITE_PINNED", valueBytes)),
        atMostTimes(
            1 / 6., path, "Ehcache's disk tier", ours, store("get", "EHCACHE_DISK", valueBytes)),
        atMostTimes(.7, path, "RocksDB", ours, store("get", "ROCKSDB", valueBytes)));
  }

  private static List<Target> puts(String valueBytes) {
    String path = "Put into the file, " + valueBytes + " B";
    Figure ours = store("put", "HOLDFAST", valueBytes);
    Figure tuned = store("put", "SQLITE_TUNED", valueBytes);
    return List.of(
        atMostTimes(1.1, path, "a tuned upsert", ours, tuned),
        atMostTimes(
            1 / 3.,
            path,
            "an upsert as one would first write it",
            ours,
            store("put", "SQLITE_NAIVE", valueBytes)),
        atMostTimes(1.1, path + ", 8 threads", "8 tuned upserts", ours.by(8), tuned.by(8)));
  }

  private static Figure store(String method, String store, String valueBytes) {
    return Figure.cpu(
        "peers.StoreBenchmark." + method, Map.of("store", store, "valueBytes", valueBytes));
  }

  private static List<Target> bulk() {
    return List.of(
        atMostTimes(
            .4,
            "getAll of 100, 1 KiB",
            "100 prepared SELECTs",
            bulk("getAll", "HOLDFAST"),
            bulk("getAll", "SQLITE_BY_HAND")),
        atMostTimes(
            1 / 1.3,
            "putAll of 1,000, 1 KiB",
            "Ehcache's disk tier",
            bulk("putAll", "HOLDFAST"),
            bulk("putAll", "EHCACHE_DISK")));
  }

  private static Figure bulk(String method, String store) {
    return Figure.cpu(
        "peers.BulkBenchmark." + method, Map.of("store", store, "valueBytes", "1024"));
  }

  private static List<Target> durability() {
    Figure oneProducer = producers("put_oneProducer");
    return List.of(
        atMost(
            1_000,
            "Put, relaxed: what the caller waits",
            Figure.cpu("DurabilityBenchmark.put_wait", Map.of("durability", "relaxed"))
                .in(MEDIAN_WALL_NANOS)),
        atLeastTimes(
            3,
            "Puts a second, full, 8 producers",
            "one producer",
            producers("put_eightProducers").by(8),
            oneProducer),
        atLeastTimes(
            .6,
            "Puts a second beside a reader at full speed",
            "the writer alone",
            Figure.cpu("peers.BesideBenchmark.beside", Map.of("store", "HOLDFAST"))
                .in(WRITES_PER_SECOND),
            Figure.cpu("peers.BesideBenchmark.putAlone", Map.of("store", "HOLDFAST"))
                .in(PER_SECOND)));
  }

  private static Figure producers(String method) {
    return Figure.cpu("DurabilityBenchmark." + method, Map.of("durability", "full"))
        .in(PER_SECOND);
  }

  private static List<Target> driver() {
    Figure execute = driver("executePrepared", "HOLDFAST");
    Figure raw = driver("executePrepared", "RAW");
    return List.of(
        above(60, "Prepared execute through the driver", "without it", execute, raw, 1),
        noGarbage(
            "Prepared execute through the driver, above what there is without it",
            new Difference(execute.in(HEAP_BYTES), raw.in(HEAP_BYTES), 1)),
        above(
            5,
            "Row of a result through the driver",
            "without it",
            driver("scanThousandRows", "HOLDFAST"),
            driver("scanThousandRows", "RAW"),
            SCANNED_ROWS),
        atMost(
            150e6,
            "Connect to PostgreSQL and read 100 tables for the first time",
            Figure.shot(
                "schema.FirstFingerprintBenchmark.connectAndRead",
                Map.of("reader", "HOLDFAST", "tables", "100"))),
        atMost(
            50, "Key of a table", Figure.cpu("schema.KeyLookUpBenchmark.databaseKey", Map.of())));
  }

  private static Figure driver(String method, String driver) {
    return Figure.cpu("peers.DriverBenchmark." + method, Map.of("driver", driver));
  }

  private static List<Target> answers() {
    return List.of(
        above(
            1_000,
            "Answer to a prompt of 1 KiB",
            "Cache.get by a key that is ready",
            prompt("HOLDFAST"),
            prompt("CACHE"),
            1),
        // Reading the columns takes 45 ms where the server is not on the same machine.
        atMost(45e6 / 10_000, "Answer about a table", tableAnswer("HOLDFAST")));
  }

  private static Figure prompt(String asked) {
    return Figure.cpu("answers.PromptBenchmark.answer", Map.of("asked", asked));
  }

  private static Figure tableAnswer(String source) {
    return Figure.cpu("answers.TableAnswerBenchmark.answer", Map.of("source", source));
  }

  private static Target atMostTimes(
      double limit, String path, String beside, Figure ours, Figure other) {
    return new Target(path, beside, new Ratio(ours, other), Bound.AT_MOST, limit, Unit.TIMES);
  }

  private static Target atLeastTimes(
      double limit, String path, String beside, Figure ours, Figure other) {
    return new Target(path, beside, new Ratio(ours, other), Bound.AT_LEAST, limit, Unit.TIMES);
  }

  private static Target above(
      double nanos, String path, String beside, Figure ours, Figure other, int units) {
    return new Target(
        path, beside, new Difference(ours, other, units), Bound.AT_MOST, nanos, Unit.NANOS);
  }

  private static Target atMost(double nanos, String path, Figure ours) {
    return new Target(path, "", new Plain(ours), Bound.AT_MOST, nanos, Unit.NANOS);
  }

  // A profiler and the measuring thread leave a fraction of a byte.
  private static Target noGarbage(String path, Amount amount) {
    return new Target(path, "", amount, Bound.AT_MOST, .5, Unit.BYTES);
  }
}
