package io.holdfast.docs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.SchemaWatch;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** fingerprint, diff and watch on a real PostgreSQL. */
class SchemaCommandsIT {

  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedPostgres.builder().start();
    execute("postgres", "CREATE DATABASE staging");
    execute("postgres", "CREATE DATABASE production");
  }

  @AfterAll
  static void stop() throws Exception {
    SchemaWatch.shutdown();
    server.close();
  }

  private static String url(String database) {
    return server.getJdbcUrl("postgres", database);
  }

  private static void execute(String database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(database));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void stagingAndProduction_areComparedHashedAndWatched() throws Exception {
    String tables = "CREATE TABLE customers (id serial PRIMARY KEY, mail text);"
        + "CREATE TABLE orders (id serial PRIMARY KEY, customer int REFERENCES customers)";
    execute("staging", tables);
    execute("production", tables);
    Shell same = Shell.run("diff", "--url", url("staging"), "--url", url("production"));
    assertThat(same.exitCode()).as(same.err()).isZero();

    execute("staging", "CREATE INDEX by_mail ON customers (mail); COMMENT ON TABLE orders IS 'x'");
    Shell different = Shell.run(
        "diff", "--url", url("staging"), "--url", url("production"), "--with", "comments");
    assertThat(different.exitCode()).isEqualTo(1);
    assertThat(different.out())
        .contains("public.customers\n  index by_mail dropped")
        .contains("public.orders\n  comment dropped");

    String before =
        Shell.run("fingerprint", "--url", url("staging"), "--table", "orders").out();
    execute("staging", "TRUNCATE orders");
    String after =
        Shell.run("fingerprint", "--url", url("staging"), "--table", "orders").out();
    assertThat(after).isNotEqualTo(before);
    assertThat(after.replaceAll("\\d+:\\d+", "")).isEqualTo(before.replaceAll("\\d+:\\d+", ""));

    Watching watching = Watching.begin(
        "watch", "--url", url("staging"), "--poll", "50ms", "--count", "1", "--for", "60");
    execute("staging", "ALTER TABLE orders RENAME customer TO buyer");
    Shell watched = watching.await();
    assertThat(watched.exitCode()).as(watched.err()).isZero();
    assertThat(watched.out()).endsWith(" public.orders: column customer renamed to buyer\n");
  }
}
