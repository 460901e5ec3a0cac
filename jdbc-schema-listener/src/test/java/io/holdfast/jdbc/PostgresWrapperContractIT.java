package io.holdfast.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.postgresql.jdbc.PgConnection;

/** The contract on a real PostgreSQL. */
class PostgresWrapperContractIT extends WrapperContractSpec {

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
  String target() {
    return "postgresql://localhost:" + server.getPort() + "/postgres";
  }

  @Override
  Properties properties() {
    var properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("password", "postgres");
    return properties;
  }

  @Override
  Class<? extends Connection> driverType() {
    return PgConnection.class;
  }

  @Override
  String arrayExpression() {
    return "array[1, 2]";
  }
}
