package io.holdfast.bench.peers;

import io.holdfast.bench.Entries;
import io.holdfast.bench.Scratch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Many entries at once, of 20,000: one op is a {@code getAll} of 100 keys that miss the heap, or a {@code
 * putAll} of 1,000. The baseline, SQLite by hand, gets by single autocommit statements and puts in one
 * transaction.
 *
 * <p>{@code java -jar jmh-benchmarks/target/benchmarks.jar BulkBenchmark -prof
 * io.holdfast.bench.CpuTimeProfiler}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class BulkBenchmark {

  private static final int KEYS = 20_000;
  private static final int GOT = 100;
  private static final int PUT = 1_000;
  private static final int BATCHES = 64;

  /** Which one. */
  @Param({"SQLITE_BY_HAND", "HOLDFAST", "EHCACHE_DISK"})
  public StoreKind store = StoreKind.SQLITE_BY_HAND;

  /** Length of a value. */
  @Param({"100", "1024"})
  public int valueBytes;

  private final List<Map<String, String>> got = new ArrayList<>();
  private final List<Map<String, String>> put = new ArrayList<>();
  private Scratch scratch;
  private BulkStore opened;
  private int next;

  /** Fills the store. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    scratch = Scratch.create("holdfast-bench");
    opened = (BulkStore) store.open(scratch.path());
    var random = new Random(42);
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < KEYS; i++) {
      all.put(Entries.key(i), Entries.value(random, valueBytes));
    }
    opened.putAll(all);
    for (int i = 0; i < BATCHES; i++) {
      got.add(some(random, GOT));
      put.add(some(random, PUT));
    }
  }

  private Map<String, String> some(Random random, int entries) {
    return random
        .ints(0, KEYS)
        .distinct()
        .limit(entries)
        .boxed()
        .collect(Collectors.toMap(Entries::key, key -> Entries.value(random, valueBytes)));
  }

  /** Deletes it. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    opened.close();
    scratch.close();
  }

  /** A hundred that are there. */
  @Benchmark
  public Map<String, String> getAll() throws Exception {
    return opened.getAll(nextOf(got).keySet());
  }

  /** A thousand in place of others. */
  @Benchmark
  public void putAll() throws Exception {
    opened.putAll(nextOf(put));
  }

  private Map<String, String> nextOf(List<Map<String, String>> batches) {
    next = (next + 1) % BATCHES;
    return batches.get(next);
  }
}
