package io.holdfast.bench;

import io.holdfast.encryption.ValueKey;
import io.holdfast.encryption.ValueKeys;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Random;
import java.util.SplittableRandom;
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
 * What encryption of values adds to a hit in the file and to a put into it, one thread, 5,000 keys in
 * uniform order, ten of them in the heap. The baseline of each method is itself with values in plain.
 *
 * <p>{@code java -jar jmh-benchmarks/target/benchmarks.jar EncryptionBenchmark}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class EncryptionBenchmark {
  private static final int KEYS = 5_000;

  /** Whether values are encrypted. */
  @Param({"false", "true"})
  public boolean encrypted;

  /** Length of a value. */
  @Param({"100", "1024", "16384"})
  public int valueBytes;

  private final SplittableRandom random = new SplittableRandom(7);
  private final String[] keys = new String[KEYS];
  private String newValue = "";
  private CacheFixture fixture;
  private Cache<String, String> cache;

  /** Fills the cache. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    byte[] keyBytes = new byte[32];
    new SecureRandom().nextBytes(keyBytes);
    ValueKeys valueKeys = encrypted ? ValueKeys.of(ValueKey.of("2026", keyBytes)) : null;
    fixture = new CacheFixture(KEYS, valueBytes, 10, /* statistics= */ false, "normal", valueKeys);
    cache = fixture.cache();
    for (int i = 0; i < KEYS; i++) {
      keys[i] = Entries.key(i);
    }
    newValue = Entries.value(new Random(42), valueBytes);
  }

  /** Deletes the file. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    fixture.close();
  }

  /** A get that the heap misses and the file answers. */
  @Benchmark
  public @Nullable String hit_file() {
    return cache.get(anyKey());
  }

  /** A put: acknowledged means committed. */
  @Benchmark
  public void put_file() {
    cache.put(anyKey(), newValue);
  }

  private String anyKey() {
    return keys[random.nextInt(KEYS)];
  }
}
