package io.holdfast.bench.schema;

import io.holdfast.jdbc.ddl.DdlRecognizer;
import io.holdfast.schema.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What it costs to judge a text: nanoseconds per character for texts that come for the first time
 * (many more than are remembered, or too long to be), and per look-up for one that was seen before.
 *
 * <p>{@code mix} is three quarters queries and changes of rows, one quarter DDL; {@code long} are
 * INSERTs with many rows, {@code block} are procedural bodies. {@code java -jar
 * jmh-benchmarks/target/benchmarks.jar DdlScan}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DdlScanBenchmark {

  private static final int CHARACTERS = 4_000_000;

  @Param({"POSTGRESQL", "MARIADB", "SQLITE", "H2"})
  public Dialect dialect = Dialect.POSTGRESQL;

  @Param({"mix", "queries", "ddl", "long", "block"})
  public String texts = "mix";

  private DdlRecognizer recognizer = DdlRecognizer.forDialect(Dialect.GENERIC);
  private String[] all = new String[0];
  private String known = "";

  /** Writes the texts: as many as have {@link #CHARACTERS} characters together. */
  @Setup
  public void write() {
    recognizer = DdlRecognizer.forDialect(dialect);
    var random = new Random(17);
    List<String> written = new ArrayList<>();
    int left = CHARACTERS;
    while (left > 0) {
      String text = text(random);
      String fitting = text.substring(0, Math.min(left, text.length()));
      written.add(fitting);
      left -= fitting.length();
    }
    all = written.toArray(new String[0]);
    known =
        "SELECT o.id, o.total FROM orders o JOIN customers c ON c.id = o.customer WHERE c.town = ?";
  }

  private String text(Random random) {
    int n = random.nextInt(1_000_000);
    return switch (texts) {
      case "queries" -> query(n);
      case "ddl" -> ddl(n);
      case "long" ->
        "INSERT INTO t" + n + " (id, name, note) VALUES "
            + "(4711, 'some name', 'and a note; with a semicolon'), ".repeat(400) + "(1, '', '')";
      case "block" ->
        dialect == Dialect.POSTGRESQL
            ? "DO $body$ BEGIN " + "x" + n + " := y + 1; PERFORM f(x, 'text'); ".repeat(200)
                + "END $body$"
            : "BEGIN NOT ATOMIC " + "SET x" + n + " = y + 1; SELECT f(x, 'text'); ".repeat(200)
                + "END";
      default -> random.nextInt(4) == 0 ? ddl(n) : query(n);
    };
  }

  private static String query(int n) {
    return switch (n % 4) {
      case 0 ->
        "SELECT a.id, a.name, count(*) FROM table_" + n
            + " a LEFT JOIN other b ON a.id = b.a_id WHERE b.kind IN ('x', 'y') GROUP BY 1, 2";
      case 1 -> "INSERT INTO table_" + n + " (id, name, height) VALUES (1, 'fern', 0.5)";
      case 2 -> "UPDATE table_" + n + " SET height = height + 1 WHERE name LIKE 'a%' AND id > 10";
      default -> "select t.first_value, t.second_value from table_" + n + " t order by 1 limit 10";
    };
  }

  private static String ddl(int n) {
    return switch (n % 4) {
      case 0 ->
        "CREATE TABLE table_" + n
            + " (id int PRIMARY KEY, name varchar(20) NOT NULL, height decimal(6,2) DEFAULT 0.5)";
      case 1 -> "ALTER TABLE table_" + n + " ADD COLUMN leaf int DEFAULT 0";
      case 2 -> "CREATE INDEX by_name_" + n + " ON table_" + n + " (name, height)";
      default -> "DROP TABLE table_" + n;
    };
  }

  /** Per character, new texts. */
  @Benchmark
  @OperationsPerInvocation(CHARACTERS)
  public void scan_perCharacter(Blackhole sink) {
    for (String text : all) {
      sink.consume(recognizer.recognise(text));
    }
  }

  /** Per look-up, a text that was seen before. */
  @Benchmark
  public Object known_perText() {
    return recognizer.recognise(known);
  }
}
