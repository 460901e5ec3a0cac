package io.holdfast.bench.schema;

import io.holdfast.bench.PostgresTables;
import io.holdfast.jdbc.HoldfastConnection;
import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.SchemaWatch;
import io.holdfast.schema.TableName;
import io.holdfast.schema.WatchedDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
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
 * How long it takes from nothing to the key of a table: connect to PostgreSQL and read the structure of
 * all tables for the first time. The baseline connects and reads all columns by {@code
 * DatabaseMetaData.getColumns}, which leaves out indexes, constraints and defaults as written.
 *
 * <p>{@code java -jar jmh-benchmarks/target/benchmarks.jar FirstFingerprintBenchmark}; PostgreSQL comes
 * with the Maven profile {@code peers}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
@Fork(1)
public class FirstFingerprintBenchmark {

  /** How many there are. */
  @Param({"1", "10", "100", "1000"})
  public int tables;

  /** Who reads. */
  @Param({"READ_COLUMNS", "HOLDFAST"})
  public String reader = "";

  private PostgresTables database;

  /** Starts the server. */
  @Setup(Level.Trial)
  public void start() throws IOException, SQLException {
    database = PostgresTables.start(tables);
  }

  /** Stops it. */
  @TearDown(Level.Trial)
  public void stop() throws IOException {
    database.close();
  }

  /** Forgets what was read. */
  @TearDown(Level.Iteration)
  public void forget() {
    SchemaWatch.shutdown();
  }

  /** Connects and reads. */
  @Benchmark
  public Object connectAndRead() throws SQLException, InterruptedException {
    return reader.equals("HOLDFAST") ? firstKey() : columns();
  }

  private SchemaKey firstKey() throws SQLException, InterruptedException {
    try (Connection connection = DriverManager.getConnection(database.holdfastUrl())) {
      WatchedDatabase watched =
          connection.unwrap(HoldfastConnection.class).database().orElseThrow();
      if (!watched.awaitReady(60_000)) {
        throw new IllegalStateException("not ready: " + watched.statistics());
      }
      return watched.key(new TableName("public", "t0"), "").orElseThrow();
    }
  }

  private Integer columns() throws SQLException {
    int count = 0;
    try (Connection connection = DriverManager.getConnection(database.url());
        ResultSet columns = connection.getMetaData().getColumns(null, "public", "%", "%")) {
      while (columns.next()) {
        count += columns.getString("COLUMN_NAME").isEmpty() ? 0 : 1;
      }
    }
    return count;
  }
}
