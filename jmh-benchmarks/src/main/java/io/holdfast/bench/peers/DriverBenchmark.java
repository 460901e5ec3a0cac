package io.holdfast.bench.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
 * What a driver between the application and H2 in memory adds to a statement: ours and others that
 * listen. The baseline is H2's own.
 *
 * <p>One op of {@code executePrepared} executes a prepared statement and reads nothing; one op of {@code
 * queryOneRow} prepares a statement, binds a number, executes it and reads one row; one op of {@code
 * scanThousandRows} reads two columns of 1,000 rows. Read the difference to RAW, not the absolute time.
 *
 * <p>{@code java -jar jmh-benchmarks/target/benchmarks.jar DriverBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class DriverBenchmark {

  /** Which one. */
  @Param
  public DriverKind driver = DriverKind.RAW;

  private Connection connection;
  private PreparedStatement scan;
  private PreparedStatement update;
  private int id;

  /** Fills one table of 1,000 rows. */
  @Setup(Level.Trial)
  public void open() throws SQLException {
    connection = driver.connect("h2:mem:bench");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40))");
      statement.execute("INSERT INTO item SELECT x, 'name ' || x FROM SYSTEM_RANGE(1, 1000)");
    }
    scan = connection.prepareStatement("SELECT id, name FROM item");
    // No row has this number: the statement costs the driver as much, and the database little.
    update = connection.prepareStatement("UPDATE item SET name = 'none' WHERE id = -1");
  }

  /** Closes the database. */
  @TearDown(Level.Trial)
  public void close() throws SQLException {
    scan.close();
    update.close();
    connection.close();
  }

  /** Executes, no more. */
  @Benchmark
  public int executePrepared() throws SQLException {
    return update.executeUpdate();
  }

  /** Prepare, bind, execute, one row. */
  @Benchmark
  public String queryOneRow() throws SQLException {
    id = id % 1000 + 1;
    try (PreparedStatement select =
        connection.prepareStatement("SELECT name FROM item WHERE id = ?")) {
      select.setInt(1, id);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  /** A thousand rows, two columns each. */
  @Benchmark
  public long scanThousandRows() throws SQLException {
    long sum = 0;
    try (ResultSet rows = scan.executeQuery()) {
      while (rows.next()) {
        sum += rows.getInt(1) + rows.getString(2).length();
      }
    }
    return sum;
  }
}
