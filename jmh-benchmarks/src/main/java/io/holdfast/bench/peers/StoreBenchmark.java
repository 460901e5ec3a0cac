package io.holdfast.bench.peers;

import io.holdfast.bench.Entries;
import io.holdfast.bench.Scratch;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * A get from the file and a put into it, of Holdfast and of other embedded stores: texts in and out, so
 * that each pays for its encoding. The baseline is SQLite by hand. Reads come from the file system's cache
 * unless {@link WorkingSet} says otherwise; what a put outlives is in {@link StoreKind}.
 *
 * <p>{@code java -jar jmh-benchmarks/target/benchmarks.jar StoreBenchmark -t 1}; RocksDB's library comes
 * with the Maven profile {@code peers}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
// All of them get the flags that Chronicle Map cannot do without.
@Fork(
    value = 2,
    jvmArgsAppend = {
      "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
      "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
      "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
      "--add-opens=java.base/java.lang=ALL-UNNAMED",
      "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
      "--add-opens=java.base/java.io=ALL-UNNAMED",
      "--add-opens=java.base/java.util=ALL-UNNAMED"
    })
public class StoreBenchmark {

  private static final int DRAWN = 1 << 20;

  /** Which one. */
  @Param
  public StoreKind store = StoreKind.SQLITE_BY_HAND;

  /** Length of a value. */
  @Param({"100", "1024"})
  public int valueBytes;

  /** How many entries there are. */
  @Param("20000")
  public int entries;

  /** In what order they are asked for. */
  @Param("UNIFORM")
  public KeyOrder order = KeyOrder.UNIFORM;

  /** Where the files are when a round begins. */
  @Param("IN_MEMORY")
  public WorkingSet workingSet = WorkingSet.IN_MEMORY;

  private String[] keys = {};
  private int[] drawn = {};
  private String[] newValues = {};
  private Scratch scratch;
  private TextStore opened;

  /** Where a thread is among the drawn keys. */
  @State(Scope.Thread)
  public static class Position {
    // Each thread begins elsewhere.
    private int next = new SplittableRandom(Thread.currentThread().getId()).nextInt(DRAWN);
    private int puts;

    int next() {
      next = (next + 1) & (DRAWN - 1);
      return next;
    }

    String nextOf(String[] values) {
      puts = (puts + 1) % values.length;
      return values[puts];
    }
  }

  /** Fills the store. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    scratch = Scratch.create("holdfast-bench");
    opened = store.open(scratch.path());
    var random = new Random(42);
    keys = new String[entries];
    for (int i = 0; i < entries; i++) {
      keys[i] = Entries.key(i);
      opened.put(keys[i], Entries.value(random, valueBytes));
    }
    opened.filled();
    drawn = order.draw(entries, DRAWN);
    newValues = Entries.values(random, valueBytes);
  }

  /** Sees to it that the files are where they are to be. */
  @Setup(Level.Iteration)
  public void prepare() throws Exception {
    workingSet.prepare(scratch.path());
  }

  /** Deletes it. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    opened.close();
    scratch.close();
  }

  /** One get. */
  @Benchmark
  public @Nullable String get(Position position) throws Exception {
    return opened.get(keys[drawn[position.next()]]);
  }

  /** One put of an entry that is there, and has another value. */
  @Benchmark
  public void put(Position position) throws Exception {
    opened.put(keys[drawn[position.next()]], position.nextOf(newValues));
  }
}
