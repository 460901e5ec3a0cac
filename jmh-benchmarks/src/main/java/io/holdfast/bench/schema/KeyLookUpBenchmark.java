package io.holdfast.bench.schema;

import io.holdfast.jdbc.HoldfastConnection;
import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.SchemaWatch;
import io.holdfast.schema.TableName;
import io.holdfast.schema.WatchedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to ask for the key of a table, beside a plain map of the same keys. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class KeyLookUpBenchmark {

  /** How many there are. */
  @Param("200")
  public int tables;

  private final TableName table = new TableName("PUBLIC", "T0");
  private final ConcurrentHashMap<TableName, SchemaKey> map = new ConcurrentHashMap<>();
  private Connection connection;
  private HoldfastConnection ours;
  private WatchedDatabase database;

  /** A database with tables, read once; polling would only disturb. */
  @Setup
  public void open() throws Exception {
    connection = DriverManager.getConnection("jdbc:holdfast(poll=0):h2:mem:keys");
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < tables; i++) {
        statement.execute("CREATE TABLE t" + i + " (id INT PRIMARY KEY, name VARCHAR(20))");
      }
    }
    ours = connection.unwrap(HoldfastConnection.class);
    database = ours.database().orElseThrow();
    if (!database.awaitReady(30_000) || !database.refresh()) {
      throw new IllegalStateException("not ready: " + database.statistics());
    }
    for (TableName name : database.structures().keySet()) {
      map.put(name, database.key(name, "").orElseThrow());
    }
  }

  /** Closes the connection and ends the watch. */
  @TearDown
  public void close() throws SQLException {
    connection.close();
    SchemaWatch.shutdown();
  }

  /** The baseline. */
  @Benchmark
  public @Nullable SchemaKey plainMap() {
    return map.get(table);
  }

  /** Of the database. */
  @Benchmark
  public Optional<SchemaKey> databaseKey() {
    return database.key(table, "");
  }

  /** Of a connection, which knows what it has changed itself. */
  @Benchmark
  public Optional<SchemaKey> connectionKey() {
    return ours.schemaKey(table, "");
  }
}
