package io.holdfast.jdbc;

import static io.holdfast.jdbc.DriftWitness.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.schema.MariaDbServer;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When DDL becomes true for everybody, on MariaDB: before the statement ends, even if it fails. */
class MariaDbTransactionsIT {

  private static MariaDbServer server;

  private DriftWitness witness;
  private HoldfastConnection connection;
  private String shop;

  @BeforeAll
  static void start() throws Exception {
    server = MariaDbServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @BeforeEach
  void open() throws Exception {
    String url = server.newDatabase();
    shop = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
    witness = new DriftWitness(
        url.substring("jdbc:".length()) + "&allowMultiQueries=true",
        new Properties(),
        "create table a (id int primary key, name varchar(20))");
    connection = witness.connect();
  }

  @AfterEach
  void nothingEscaped() throws SQLException {
    try (DriftWitness last = witness) {
      last.assertNothingEscaped();
    }
  }

  private String table(String name) {
    return shop + "." + name;
  }

  @Test
  void ddlInATransaction_commitsBeforeItRuns() throws SQLException {
    connection.setAutoCommit(false);
    run(connection, "insert into a values (1, 'x')");
    assertThatThrownBy(() -> run(connection, "alter table a add name int"))
        .isInstanceOf(SQLException.class);
    connection.rollback();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from a")) {
      rows.next();
      assertThat(rows.getInt(1)).as("rows that the failed DDL committed").isEqualTo(1);
    }
    run(connection, "alter table a add n int");
    assertThat(witness.drifted()).containsExactly(table("a"));
    connection.rollback();
    assertThat(witness.statistics().ddlRolledBack()).isZero();
  }

  @Test
  void textTransactions_changeNothingAboutThat() throws SQLException {
    for (String begin : new String[] {"begin", "start transaction", "set autocommit = 0"}) {
      run(connection, begin);
      run(connection, "create or replace table b (id int)");
      assertThat(witness.serves(connection, table("b"))).as(begin).isTrue();
      run(connection, "rollback");
    }
  }

  @Test
  void dropOfTwo_whereOneIsMissing_dropsTheOther() {
    assertThatThrownBy(() -> run(connection, "drop table a, no_such_table"))
        .isInstanceOf(SQLException.class);
    assertThat(witness.drifted()).containsExactly(table("a"));
  }

  @Test
  void compoundBlockFailing_publishesWhatItDid() {
    assertThatThrownBy(() -> run(
            connection,
            "begin not atomic create table b (id int); signal sqlstate '45000'; end"))
        .isInstanceOf(SQLException.class);
    assertThat(witness.drifted()).containsExactly(table("b"));
  }

  @Test
  void severalStatements_theLastFailing_publishesTheFirst() {
    assertThatThrownBy(() -> run(connection, "create table b (id int); select nothing"))
        .isInstanceOf(SQLException.class);
    assertThat(witness.drifted()).containsExactly(table("b"));
  }

  @Test
  void batch_whereTheDriverGoesOn_publishesAllThatRan() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("create table b (id int)");
      statement.addBatch("create table b (id int)");
      statement.addBatch("alter table a add n int");
      assertThatThrownBy(statement::executeBatch).isInstanceOf(BatchUpdateException.class);
    }
    assertThat(witness.drifted()).contains(table("b"));
  }

  @Test
  void procedure_isHeard() throws SQLException {
    run(connection, "create procedure grow() alter table a add n int");
    try (CallableStatement call = connection.prepareCall("{call grow()}")) {
      call.execute();
    }
    assertThat(witness.drifted()).containsExactly(table("a"));
  }

  @Test
  void resultsReadLater_ddlBehindThem_isHeardWhenItRan() throws SQLException {
    run(connection, "insert into a select seq, repeat('x', 20) from seq_1_to_20000");
    int found = 0;
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(1);
      statement.execute("select a.id, repeat(a.name, 50) from a; alter table a add n int");
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          found++;
        }
      }
      statement.getMoreResults();
    }
    assertThat(found).isEqualTo(20_000);
    assertThat(witness.drifted()).containsExactly(table("a"));
  }

  @Test
  void temporaryTable_hidesThePermanentOne() throws SQLException {
    run(connection, "create temporary table a (other int)");
    assertThat(witness.serves(connection, table("a"))).isFalse();
    assertThat(witness.serves(table("a"))).isTrue();
    run(connection, "alter table a add n int");
    assertThat(witness.drifted()).isEmpty();
  }

  @Test
  void xaByText_cannotHoldDdlBack() throws SQLException {
    run(connection, "xa start 'move'");
    assertThatThrownBy(() -> run(connection, "create table b (id int)"))
        .isInstanceOf(SQLException.class);
    run(connection, "xa end 'move'");
    run(connection, "xa rollback 'move'");
    run(connection, "create table c (id int)");
    assertThat(witness.drifted()).containsExactly(table("c"));
    assertThat(witness.serves(connection, table("c"))).isTrue();
  }
}
