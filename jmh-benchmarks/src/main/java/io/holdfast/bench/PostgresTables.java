package io.holdfast.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server of its own with tables of ten columns, named {@code t0}, {@code t1} and so on. */
public final class PostgresTables implements AutoCloseable {
  private final EmbeddedPostgres server;

  private PostgresTables(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @param tables how many there are to be; each but the first refers to the one before
   */
  public static PostgresTables start(int tables) throws IOException, SQLException {
    var started = new PostgresTables(EmbeddedPostgres.builder().start());
    try (Connection connection = DriverManager.getConnection(started.url());
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < tables; i++) {
        statement.execute("""
            CREATE TABLE t%1$d (
              id bigint PRIMARY KEY, parent bigint REFERENCES t%2$d, name text NOT NULL,
              price numeric(10, 2) DEFAULT 0, sold date, changed timestamptz DEFAULT now(),
              code varchar(40) UNIQUE, is_open boolean, details jsonb, amount int CHECK (amount > 0))
            """.formatted(i, Math.max(0, i - 1)));
        statement.execute("CREATE INDEX ON t%d (sold, name)".formatted(i));
      }
      statement.execute("VACUUM ANALYZE");
      return started;
    } catch (SQLException e) {
      started.close();
      throw e;
    }
  }

  /** To connect without Holdfast. */
  public String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  /** To connect through Holdfast. */
  public String holdfastUrl() {
    return url().replaceFirst("^jdbc:", "jdbc:holdfast:");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
