package io.holdfast.frameworks.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jooq.SQLDialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a real PostgreSQL, whose DDL is transactional. */
class PostgresSqlFrameworksIT extends SqlFrameworksSpec {

  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  String newTarget() throws SQLException {
    String name = unique("shop");
    try (Connection admin = server.getPostgresDatabase().getConnection();
        Statement statement = admin.createStatement()) {
      statement.execute("create database " + name);
    }
    return "postgresql://localhost:" + server.getPort() + "/" + name;
  }

  @Override
  Properties login() {
    var login = new Properties();
    login.setProperty("user", "postgres");
    login.setProperty("password", "postgres");
    return login;
  }

  @Override
  SQLDialect dialect() {
    return SQLDialect.POSTGRES;
  }

  @Override
  boolean isDdlTransactional() {
    return true;
  }
}
