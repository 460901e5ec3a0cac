package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.StructureChange;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;

/** Drift through the driver, on a real PostgreSQL. */
class PostgresDriverDriftIT extends DriverDriftSpec {

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
  boolean isDdlTransactional() {
    return true;
  }

  @Override
  Class<? extends Connection> driverType() {
    return PgConnection.class;
  }

  @Test
  void truncate_isPublished() throws SQLException {
    execute("insert into a values (1, 'x')");
    execute("truncate a");
    assertThat(onlyDrift("a").changes()).containsExactly(new StructureChange.TableReplaced());
  }

  @Test
  void severalStatementsInOneText_areAllHeard() throws SQLException {
    execute("insert into a values (1, 'x'); create table b (id int); alter table a add n int");
    assertThat(names()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void transactionInOneText_isPublishedAfterIt() throws SQLException {
    execute("begin; create table b (id int); commit");
    assertThat(names()).containsExactly("b");
  }

  @Test
  void transactionByTexts_isPublishedAtItsCommit() throws SQLException {
    execute("begin");
    execute("alter table a add n int");
    assertThat(names()).isEmpty();
    execute("commit");
    assertThat(names()).containsExactly("a");
  }

  @Test
  void ddlInADoBlock_isFound() throws SQLException {
    execute("do $$ begin execute 'alter table a add hidden int'; end $$");
    assertThat(onlyDrift("a").changes()).hasSize(1);
  }

  @Test
  void callableStatement_isHeard() throws SQLException {
    execute("create or replace procedure widen() language sql as 'alter table a add wide int'");
    try (CallableStatement call = connect().prepareCall("call widen()")) {
      call.execute();
      call.getConnection().close();
    }
    assertThat(onlyDrift("a").changes()).hasSize(1);
  }

  @Test
  void concurrentIndexThatFails_isFoundAsInvalid() throws SQLException {
    execute("insert into a values (1, 'x'), (2, 'x')");
    try {
      execute("create unique index concurrently a_name on a (name)");
    } catch (SQLException expected) {
      assertThat(expected.getSQLState()).isEqualTo("23505");
    }
    assertThat(onlyDrift("a").changes()).hasSize(1);
  }
}
