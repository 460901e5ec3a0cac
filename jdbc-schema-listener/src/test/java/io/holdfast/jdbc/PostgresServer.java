package io.holdfast.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One real PostgreSQL for all test classes that ask for it; each takes a database of its own. */
final class PostgresServer implements BeforeAllCallback {

  private Running server;

  @Override
  public void beforeAll(ExtensionContext context) {
    server = context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(Running.class, key -> new Running(), Running.class);
  }

  /** Makes a database and returns its URL without {@code jdbc:}. */
  String newDatabase() throws SQLException {
    String name = "shop" + ++server.databases;
    try (Connection admin = DriverManager.getConnection("jdbc:" + target("postgres"), login());
        Statement statement = admin.createStatement()) {
      statement.execute("create database " + name);
    }
    return target(name);
  }

  int port() {
    return server.postgres.getPort();
  }

  static Properties login() {
    var properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("password", "postgres");
    return properties;
  }

  private String target(String database) {
    return "postgresql://localhost:" + port() + "/" + database;
  }

  /** Stopped by JUnit when the last test of the run is over. */
  private static final class Running implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private int databases;

    Running() {
      try {
        postgres = EmbeddedPostgres.builder()
            // Two-phase commit is off by default.
            .setServerConfig("max_prepared_transactions", "20")
            .start();
      } catch (IOException e) {
        throw new IllegalStateException("PostgreSQL does not start", e);
      }
    }

    @Override
    public void close() throws IOException {
      postgres.close();
    }
  }
}
