package io.holdfast.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
 * A hit in the file and a put into it, one thread, 20,000 keys in uniform order. The cache's heap tier
 * holds ten entries, so nearly every get reads the file. The baselines are what one would write by
 * hand: a {@code TEXT PRIMARY KEY} table in WAL mode, one connection, prepared statements, autocommit.
 *
 * <p>{@code java -jar jmh-benchmarks/target/benchmarks.jar FileBenchmark}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class FileBenchmark {

  private static final int KEYS = 20_000;

  /** Length of a value. */
  @Param({"100", "1024"})
  public int valueBytes;

  private final SplittableRandom random = new SplittableRandom(7);
  private final String[] keys = new String[KEYS];
  private String newValue = "";
  private CacheFixture fixture;
  private Cache<String, String> cache;
  private Path rawFile;
  private Connection raw;
  private PreparedStatement select;
  private PreparedStatement upsert;

  /** Fills the cache and the hand-written table. */
  @Setup(Level.Trial)
  public void open() throws IOException, SQLException {
    fixture = new CacheFixture(KEYS, valueBytes, 10, /* statistics= */ false);
    cache = fixture.cache();
    rawFile = Files.createTempFile("raw", ".db");
    raw = DriverManager.getConnection("jdbc:sqlite:" + rawFile);
    try (Statement statement = raw.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = NORMAL");
      statement.execute("CREATE TABLE entry (key TEXT PRIMARY KEY, value TEXT)");
    }
    upsert = raw.prepareStatement(
        "INSERT INTO entry VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    select = raw.prepareStatement("SELECT value FROM entry WHERE key = ?");
    var values = new Random(42);
    raw.setAutoCommit(false);
    for (int i = 0; i < KEYS; i++) {
      keys[i] = CacheFixture.key(i);
      rawPut(keys[i], CacheFixture.value(values, valueBytes));
    }
    raw.commit();
    raw.setAutoCommit(true);
    newValue = CacheFixture.value(values, valueBytes);
  }

  /** Deletes both files. */
  @TearDown(Level.Trial)
  public void close() throws IOException, SQLException {
    fixture.close();
    raw.close();
    Files.delete(rawFile);
  }

  /** The baseline of a get. */
  @Benchmark
  public @Nullable String baseline_rawSelect() throws SQLException {
    select.setString(1, anyKey());
    try (ResultSet rows = select.executeQuery()) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  /** A get that the heap misses and the file answers. */
  @Benchmark
  public @Nullable String hit_file() {
    return cache.get(anyKey());
  }

  /** The baseline of a put: acknowledged means committed. */
  @Benchmark
  public int baseline_rawUpsert() throws SQLException {
    return rawPut(anyKey(), newValue);
  }

  /** A put: acknowledged means committed, survives {@code kill -9}. */
  @Benchmark
  public void put_file() {
    cache.put(anyKey(), newValue);
  }

  private String anyKey() {
    return keys[random.nextInt(KEYS)];
  }

  private int rawPut(String key, String value) throws SQLException {
    upsert.setString(1, key);
    upsert.setString(2, value);
    return upsert.executeUpdate();
  }
}
