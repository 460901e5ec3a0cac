package io.holdfast.jdbc;

import static io.holdfast.jdbc.DriftWitness.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.schema.StructureChange;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When DDL becomes true for everybody, on H2: at once, and failed statements leave traces. */
class H2TransactionsIT {

  private DriftWitness witness;
  private HoldfastConnection connection;

  @BeforeEach
  void open() throws Exception {
    witness = new DriftWitness(
        "h2:mem:transactions;DB_CLOSE_DELAY=-1",
        new Properties(),
        "drop all objects",
        "create schema s2",
        "create table a (id int primary key, name varchar(20) default 'x')",
        "create table s2.a (id int)");
    connection = witness.connect();
  }

  @AfterEach
  void nothingEscaped() throws SQLException {
    try (DriftWitness last = witness) {
      last.assertNothingEscaped();
    }
  }

  @Test
  void ddlInATransaction_isTrueAtOnce() throws SQLException {
    connection.setAutoCommit(false);
    run(connection, "insert into a values (1, 'x')");
    run(connection, "alter table a add n int");
    assertThat(witness.drifted()).containsExactly("public.a");
    assertThat(witness.serves(connection, "public.a")).isTrue();
    connection.rollback();
    assertThat(witness.drifted()).containsExactly("public.a");
    assertThat(witness.statistics().ddlRolledBack()).isZero();
  }

  @Test
  void textTransaction_changesNothingAboutThat() throws SQLException {
    run(connection, "begin");
    run(connection, "create table b (id int)");
    assertThat(witness.drifted()).containsExactly("public.b");
    assertThat(witness.serves(connection, "public.b")).isTrue();
    run(connection, "rollback");
    run(connection, "set autocommit false");
    run(connection, "create table c (id int)");
    assertThat(witness.serves(connection, "public.c")).isTrue();
  }

  @Test
  void severalStatements_theLastFailing_publishesTheFirst() {
    assertThatThrownBy(() -> run(connection, "create table b (id int); no such statement"))
        .isInstanceOf(SQLException.class);
    assertThat(witness.drifted()).isSubsetOf("public.b");
    assertThatThrownBy(
            () -> run(connection, "create table c (id int); insert into nowhere values (1)"))
        .isInstanceOf(SQLException.class);
    assertThat(witness.drifted()).contains("public.c");
  }

  @Test
  void batch_whereTheDriverGoesOn_publishesAllThatRan() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("create table b (id int)");
      statement.addBatch("create table b (id int)");
      statement.addBatch("alter table a add n int");
      assertThatThrownBy(statement::executeBatch).isInstanceOf(BatchUpdateException.class);
    }
    assertThat(witness.drifted()).containsExactlyInAnyOrder("public.b", "public.a");
    assertThat(witness.statistics().ddlCertain()).isEqualTo(3);
  }

  @Test
  void truncate_unqualified_emptiesTheTableOfTheCurrentSchemaOnly() throws SQLException {
    run(connection, "truncate table a");
    assertThat(witness.drifted()).containsExactly("public.a");
    run(connection, "set schema s2");
    run(connection, "truncate table a");
    assertThat(witness.drifted()).containsExactly("public.a", "s2.a");
    connection.setSchema("PUBLIC");
    run(connection, "truncate table a");
    assertThat(witness.drifted()).containsExactly("public.a", "s2.a", "public.a");
    assertThat(witness.drifts())
        .allSatisfy(drift ->
            assertThat(drift.changes()).containsExactly(new StructureChange.TableReplaced()));
  }

  @Test
  void localTemporaryTable_hidesThePermanentOne() throws SQLException {
    run(connection, "create local temporary table t (id int)");
    assertThat(witness.drifted()).isEmpty();
    run(connection, "create local temporary table s2.a2 (id int)");
    run(witness.connect(), "create table t (id int)");
    assertThat(witness.drifted()).containsExactly("public.t");
    assertThat(witness.serves(connection, "public.t")).isFalse();
    assertThat(witness.serves(witness.connect(), "public.t")).isTrue();
  }

  @Test
  void abort_duringNothing_leavesNoDoubt() throws SQLException {
    connection.setAutoCommit(false);
    run(connection, "create table b (id int)");
    connection.abort(Runnable::run);
    assertThat(witness.drifted()).containsExactly("public.b");
  }
}
