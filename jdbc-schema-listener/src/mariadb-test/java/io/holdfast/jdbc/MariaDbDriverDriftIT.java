package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.MariaDbServer;
import io.holdfast.schema.StructureChange;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Drift through the driver, on MariaDB, whose DDL commits. */
class MariaDbDriverDriftIT extends DriverDriftSpec {

  private static MariaDbServer server;
  private static String url;

  @BeforeAll
  static void start() throws Exception {
    server = MariaDbServer.start();
    url = server.newDatabase();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @Override
  String target() {
    return url.substring("jdbc:".length());
  }

  @Override
  boolean isDdlTransactional() {
    return false;
  }

  @Override
  Class<? extends Connection> driverType() {
    return org.mariadb.jdbc.Connection.class;
  }

  @Test
  void truncate_isPublished() throws SQLException {
    execute("insert into a values (1, 'x')");
    execute("truncate table a");
    assertThat(onlyDrift("a").changes()).containsExactly(new StructureChange.TableReplaced());
  }

  @Test
  void renameTable_isADropAndACreation() throws SQLException {
    execute("rename table a to renamed");
    assertThat(names()).containsExactlyInAnyOrder("a", "renamed");
  }
}
