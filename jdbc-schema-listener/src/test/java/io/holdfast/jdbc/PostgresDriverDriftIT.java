package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.StructureChange;
import io.holdfast.schema.TableName;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
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
  void functionInASelect_isLookedForAfterIt() throws Exception {
    execute("create or replace function widen_it() returns int language plpgsql as"
        + " 'begin alter table a add wide int; return 1; end'");
    execute("select widen_it()");
    assertThat(awaitDrift("a").changes()).hasSize(1);
    assertThat(database().statistics().state().hidingStatements()).isPositive();
  }

  @Test
  void functionThatCallsAnother_isLookedForAtTheCommit() throws Exception {
    execute("create or replace function widen_it() returns int language plpgsql as"
        + " 'begin alter table a add wide int; return 1; end'");
    execute("create or replace function outer_call() returns int language sql as"
        + " 'select widen_it()'");
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select outer_call()");
      assertThat(names()).isEmpty();
      connection.rollback();
      statement.execute("select outer_call()");
      connection.commit();
    }
    assertThat(awaitDrift("a").changes()).hasSize(1);
  }

  @Test
  void triggerThatRunsDdl_isLookedForAfterTheInsert() throws Exception {
    execute("create or replace function widen_too() returns trigger language plpgsql as"
        + " 'begin execute ''create table b (i int)''; return new; end'");
    execute("create trigger widening after insert on a for each statement"
        + " execute function widen_too()");
    assertThat(onlyDrift("a")).isNotNull();
    forgetDrifts();
    execute("insert into a values (1, 'x')");
    assertThat(awaitDrift("b").changes()).hasSize(1);
  }

  @Test
  void rawConnection_committedThroughUs_isLookedForAtTheCommit() throws Exception {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      try (var statement = connection.unwrap(PgConnection.class).createStatement()) {
        statement.execute("alter table a add n int");
      }
      connection.commit();
      assertThat(awaitDrift("a").changes()).hasSize(1);
    }
    assertThat(database().statistics().blindSpots()).isEqualTo(1);
    assertThat(database().statistics().state().blindSpotProbes()).isPositive();
  }

  @Test
  void dblink_isLookedForAfterIt() throws Exception {
    execute("create extension if not exists dblink");
    execute("select dblink_exec('host=localhost port=" + server.getPort()
        + " dbname=postgres user=postgres', 'alter table a add n int')");
    assertThat(awaitDrift("a").changes()).hasSize(1);
  }

  @Test
  void verifyAlways_alteredByAnother_hasTheNewKeyAtOnce() throws Exception {
    String url = "jdbc:holdfast(poll=0,verify=always):" + target();
    try (Connection verifying = DriverManager.getConnection(url, properties());
        Connection other = DriverManager.getConnection("jdbc:" + target(), properties());
        var statement = other.createStatement()) {
      HoldfastConnection ours = verifying.unwrap(HoldfastConnection.class);
      assertThat(ours.database().orElseThrow().awaitReady(30_000)).isTrue();
      var table = new TableName("public", "a");
      SchemaKey before = ours.schemaKey(table, "").orElseThrow();
      for (int i = 0; i < 20; i++) {
        statement.execute("alter table a add n" + i + " int");
        SchemaKey after = ours.schemaKey(table, "").orElseThrow();
        assertThat(after).isNotEqualTo(before);
        before = after;
      }
    }
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
