package io.holdfast.bench;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a caller of {@code put} waits for with each durability: 100 bytes of value, 1,000 keys in uniform
 * order, no listener. {@code full} with one producer and with eight shows what sharing an fsync is worth:
 * compare puts a second, not the wait of each. A single put without fsync has its baseline in
 * {@link io.holdfast.bench.peers.StoreBenchmark}.
 *
 * <p>{@code java -jar jmh-benchmarks/target/benchmarks.jar DurabilityBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class DurabilityBenchmark {

  private static final int KEYS = 1_000;
  private static final int VALUE_BYTES = 100;

  /** What an acknowledged put survives. */
  @Param({"relaxed", "normal", "full"})
  public String durability = "normal";

  private final String[] keys = new String[KEYS];
  private String newValue = "";
  private CacheFixture fixture;
  private Cache<String, String> cache;

  /** Fills the cache. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    fixture = new CacheFixture(KEYS, VALUE_BYTES, 10, /* statistics= */ false, durability);
    cache = fixture.cache();
    for (int i = 0; i < KEYS; i++) {
      keys[i] = Entries.key(i);
    }
    newValue = Entries.value(new Random(42), VALUE_BYTES);
  }

  /** Deletes the file. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    fixture.close();
  }

  /** One producer. */
  @Benchmark
  @Threads(1)
  public void put_oneProducer() {
    put();
  }

  /** Eight producers, whose puts count together. */
  @Benchmark
  @Threads(8)
  public void put_eightProducers() {
    put();
  }

  /** How long one producer waits, with its distribution. */
  @Benchmark
  @Threads(1)
  @BenchmarkMode(Mode.SampleTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public void put_wait() {
    put();
  }

  private void put() {
    cache.put(keys[ThreadLocalRandom.current().nextInt(KEYS)], newValue);
  }
}
