package io.holdfast.bench.peers;

import io.holdfast.bench.Entries;
import io.holdfast.bench.Scratch;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
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
 * What a writer at full speed does while a reader reads the file at full speed, beside what it does alone:
 * operations a second, 20,000 values of 100 bytes. Wants two processors with nothing else to do.
 *
 * <p>{@code java -jar jmh-benchmarks/target/benchmarks.jar BesideBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class BesideBenchmark {

  private static final int KEYS = 20_000;
  private static final int VALUE_BYTES = 100;

  /** Which one. */
  @Param({"SQLITE_BY_HAND", "SQLITE_TUNED", "HOLDFAST"})
  public StoreKind store = StoreKind.SQLITE_BY_HAND;

  private final String[] keys = new String[KEYS];
  private String[] newValues = {};
  private Scratch scratch;
  private TextStore opened;

  /** Fills the store. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    scratch = Scratch.create("holdfast-bench");
    opened = store.open(scratch.path());
    var random = new Random(42);
    newValues = Entries.values(random, VALUE_BYTES);
    for (int i = 0; i < KEYS; i++) {
      keys[i] = Entries.key(i);
      opened.put(keys[i], Entries.value(random, VALUE_BYTES));
    }
    opened.filled();
  }

  /** Deletes it. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    opened.close();
    scratch.close();
  }

  /** One thread that puts. */
  @Benchmark
  public void putAlone() throws Exception {
    put();
  }

  /** One thread that puts, beside {@link #getBeside}. */
  @Benchmark
  @Group("beside")
  @GroupThreads(1)
  public void putBeside() throws Exception {
    put();
  }

  /** One thread that gets, beside {@link #putBeside}. */
  @Benchmark
  @Group("beside")
  @GroupThreads(1)
  public @Nullable String getBeside() throws Exception {
    return opened.get(anyOf(keys));
  }

  private void put() throws Exception {
    opened.put(anyOf(keys), anyOf(newValues));
  }

  private static String anyOf(String[] some) {
    return some[ThreadLocalRandom.current().nextInt(some.length)];
  }
}
