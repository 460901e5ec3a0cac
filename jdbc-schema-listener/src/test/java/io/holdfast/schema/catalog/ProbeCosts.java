package io.holdfast.schema.catalog;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.holdfast.schema.PushInstallation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each probe costs on PostgreSQL: a program, not a test. Prints JSON: microseconds as the client
 * sees them (fastest and median), and as the server counts them (fastest of several {@code EXPLAIN
 * ANALYZE}, planning left out, since prepared statements are planned once).
 *
 * <p>Arguments: number of tables (1000), rounds (200).
 */
public final class ProbeCosts {

  private static final Pattern EXECUTION = Pattern.compile("Execution Time: ([0-9.]+) ms");
  private static final String TABLE = """
      CREATE TABLE t%1$d (id bigint PRIMARY KEY, a int NOT NULL, b text DEFAULT 'x',
        c numeric(10, 2), d date, e timestamptz DEFAULT now(), f varchar(40), g boolean,
        h bigint REFERENCES t%2$d, i jsonb, CHECK (a > 0));
      CREATE INDEX ON t%1$d (a, b);
      CREATE INDEX ON t%1$d (lower(f));
      """;

  private ProbeCosts() {}

  /** Runs all and prints. */
  public static void main(String[] arguments) throws Exception {
    int tables = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    var report = new LinkedHashMap<String, Object>();
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        Connection connection =
            DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"))) {
      try (Statement statement = connection.createStatement()) {
        for (int i = 0; i < tables; i++) {
          statement.execute(TABLE.formatted(i, Math.max(0, i - 1)));
        }
        statement.execute("VACUUM ANALYZE");
      }
      PushInstallation.install(connection);
      report.put("database", connection.getMetaData().getDatabaseProductVersion());
      report.put("tables", tables);
      report.put("rounds", rounds);
      report.put("select 1", cost(connection, "SELECT 1", rounds));
      report.put("token", cost(connection, PostgresSql.TOKEN, rounds));
      report.put("log", cost(connection, PostgresPushSql.LOG, rounds));
      fillLog(connection, 500);
      report.put("log of 500 transactions", cost(connection, PostgresPushSql.LOG, rounds));
      String one = PostgresSql.STAMPS + " AND c.oid = to_regclass('public.t7')";
      report.put("stamp of one table", cost(connection, one, rounds));
      report.put("digest", cost(connection, PostgresProbeSql.DIGEST, rounds));
      report.put("stamps of all tables", cost(connection, PostgresSql.STAMPS, rounds / 4));
    }
    System.out.println(
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report));
  }

  private static void fillLog(Connection connection, int rows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO holdfast_watch.change SELECT -i FROM generate_series(1, " + rows + ") i");
      statement.execute("VACUUM ANALYZE holdfast_watch.change");
    }
  }

  private static Map<String, Object> cost(Connection connection, String sql, int rounds)
      throws SQLException {
    long[] nanos = new long[rounds];
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = -10; i < rounds; i++) {
        long startNanos = System.nanoTime();
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            rows.getString(1);
          }
        }
        if (i >= 0) {
          nanos[i] = System.nanoTime() - startNanos;
        }
      }
    }
    Arrays.sort(nanos);
    var cost = new LinkedHashMap<String, Object>();
    cost.put("clientFastestMicros", nanos[0] / 1_000);
    cost.put("clientMedianMicros", nanos[rounds / 2] / 1_000);
    cost.put("serverFastestMicros", Math.round(serverMillis(connection, sql) * 1_000));
    return cost;
  }

  private static double serverMillis(Connection connection, String sql) throws SQLException {
    double fastest = Double.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      try (Statement statement = connection.createStatement();
          ResultSet line =
              statement.executeQuery("EXPLAIN (ANALYZE, TIMING OFF, SUMMARY ON) " + sql)) {
        while (line.next()) {
          Matcher time = EXECUTION.matcher(line.getString(1));
          if (time.find()) {
            fastest = Math.min(fastest, Double.parseDouble(time.group(1)));
          }
        }
      }
    }
    return fastest;
  }
}
