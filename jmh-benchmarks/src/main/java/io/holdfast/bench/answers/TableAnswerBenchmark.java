package io.holdfast.bench.answers;

import io.holdfast.bench.PostgresTables;
import io.holdfast.jdbc.HoldfastConnection;
import io.holdfast.response.ResponseCache;
import io.holdfast.schema.SchemaWatch;
import io.holdfast.schema.TableName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
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
 * A text about a table as it is now, of 100 tables in PostgreSQL: taken from the cache by the key of its
 * structure, which proves it current. The baseline reads the structure anew for each request by {@link
 * DatabaseMetaData}, on an open connection, and does not even write the text.
 *
 * <p>{@code java -jar jmh-benchmarks/target/benchmarks.jar TableAnswerBenchmark}; PostgreSQL comes with
 * the Maven profile {@code peers}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TableAnswerBenchmark {

  private static final int TABLES = 100;

  private final TableName table = new TableName("public", "t77");

  /** Where the answer comes from. */
  @Param({"READ_STRUCTURE", "HOLDFAST"})
  public String source = "";

  private PostgresTables database;
  private Connection plain;
  private Connection connection;
  private HoldfastConnection watched;
  private AnswerFixture answers;
  private ResponseCache<String> responses;

  /** Starts the server, connects to it and makes the text once. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    database = PostgresTables.start(TABLES);
    plain = DriverManager.getConnection(database.url());
    connection = DriverManager.getConnection(database.holdfastUrl());
    watched = connection.unwrap(HoldfastConnection.class);
    if (!watched.database().orElseThrow().awaitReady(60_000)) {
      throw new IllegalStateException("not ready");
    }
    answers = AnswerFixture.open();
    responses = answers.responses();
    responses.get(watched.schemaKey(table, "").orElseThrow(), () -> "What it is for. ".repeat(64));
  }

  /** Stops all. */
  @TearDown(Level.Trial)
  public void close() throws IOException, SQLException {
    answers.close();
    connection.close();
    plain.close();
    SchemaWatch.shutdown();
    database.close();
  }

  /** One answer. */
  @Benchmark
  public Object answer() throws SQLException {
    return source.equals("HOLDFAST")
        ? responses.get(watched.schemaKey(table, "").orElseThrow(), () -> {
          throw new IllegalStateException("it is not cached");
        })
        : structure();
  }

  private Integer structure() throws SQLException {
    DatabaseMetaData data = plain.getMetaData();
    return rows(data.getColumns(null, table.schema(), table.name(), "%"))
        + rows(data.getPrimaryKeys(null, table.schema(), table.name()))
        + rows(data.getImportedKeys(null, table.schema(), table.name()))
        + rows(data.getIndexInfo(null, table.schema(), table.name(), false, true));
  }

  private static int rows(ResultSet rows) throws SQLException {
    try (rows) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }
}
