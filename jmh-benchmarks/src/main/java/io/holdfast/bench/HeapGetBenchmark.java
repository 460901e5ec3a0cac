package io.holdfast.bench;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
 * A heap hit through {@code javax.cache.Cache.get}: immutable values of 100 bytes, all in
 * the heap. One op is one get. The baseline is a {@link ConcurrentHashMap} with the same content. Ours
 * keeps its entries in a file as well; the peers are caches in the heap alone, of their own defaults but
 * for the limit, which hold values by reference.
 *
 * <p>{@code java -jar jmh-benchmarks/target/benchmarks.jar HeapGetBenchmark -prof gc -prof
 * io.holdfast.bench.CpuTimeProfiler}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class HeapGetBenchmark {

  private static final int VALUE_BYTES = 100;

  /** Whether JSR-107 statistics are on. */
  @Param({"false", "true"})
  public boolean statistics;

  /** Whose cache; the first is the baseline. */
  @Param({"CONCURRENT_HASH_MAP", "HOLDFAST", "CACHE2K", "CAFFEINE", "EHCACHE"})
  public String provider = "";

  /** How many there are: 1,000 are at home in the processor's cache, a million are not. */
  @Param("1000")
  public int entries;

  private String[] keys = {};
  private AutoCloseable fixture;
  private Function<String, @Nullable String> lookUp;

  /** Fills it, and brings every entry into the heap tier. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    int capacity = Math.max(10_000, 2 * entries);
    switch (provider) {
      case "CONCURRENT_HASH_MAP" -> {
        var random = new Random(42);
        Map<String, String> map = new ConcurrentHashMap<>();
        for (int i = 0; i < entries; i++) {
          map.put(Entries.key(i), Entries.value(random, VALUE_BYTES));
        }
        fixture = () -> {};
        lookUp = map::get;
      }
      case "HOLDFAST" -> {
        var ours = new CacheFixture(entries, VALUE_BYTES, capacity, statistics);
        fixture = ours;
        lookUp = ours.cache()::get;
      }
      default -> {
        var peer = new HeapPeer(provider, entries, VALUE_BYTES, capacity, statistics);
        fixture = peer;
        lookUp = peer.cache()::get;
      }
    }
    keys = new String[entries];
    for (int i = 0; i < entries; i++) {
      keys[i] = Entries.key(i);
      if (lookUp.apply(keys[i]) == null) {
        throw new IllegalStateException("not all are there");
      }
    }
  }

  /** Deletes the file, if there is one. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    fixture.close();
  }

  /** Where this thread is in the keys. */
  @State(Scope.Thread)
  public static class Position {
    private int next;

    int advance(int keys) {
      next = next + 1 == keys ? 0 : next + 1;
      return next;
    }
  }

  /** One get. */
  @Benchmark
  public @Nullable String get(Position position) {
    return lookUp.apply(keys[position.advance(keys.length)]);
  }
}
