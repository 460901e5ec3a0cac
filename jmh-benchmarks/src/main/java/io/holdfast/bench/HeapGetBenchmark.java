package io.holdfast.bench;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
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
 * A heap hit through {@code javax.cache.Cache.get}: 1,000 keys, immutable values of 100 bytes, all in
 * the heap tier. One op is one get. The baseline is a {@link ConcurrentHashMap} with the same content.
 *
 * <p>{@code java -jar jmh-benchmarks/target/benchmarks.jar HeapGetBenchmark -prof gc}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class HeapGetBenchmark {

  private static final int KEYS = 1_000;

  /** Whether JSR-107 statistics are on. */
  @Param({"false", "true"})
  public boolean statistics;

  private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
  private final String[] keys = new String[KEYS];
  private CacheFixture fixture;
  private Cache<String, String> cache;

  /** Fills both, and brings every entry into the heap tier. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    fixture = new CacheFixture(KEYS, 100, 10_000, statistics);
    cache = fixture.cache();
    for (int i = 0; i < KEYS; i++) {
      keys[i] = CacheFixture.key(i);
      map.put(keys[i], cache.get(keys[i]));
    }
  }

  /** Deletes the file. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    fixture.close();
  }

  /** Where this thread is in the keys. */
  @State(Scope.Thread)
  public static class Position {
    private int next;

    int advance() {
      next = next + 1 == KEYS ? 0 : next + 1;
      return next;
    }
  }

  /** The baseline. */
  @Benchmark
  public @Nullable String baseline_concurrentHashMap(Position position) {
    return map.get(keys[position.advance()]);
  }

  /** The cache. */
  @Benchmark
  public @Nullable String hit_heap(Position position) {
    return cache.get(keys[position.advance()]);
  }
}
