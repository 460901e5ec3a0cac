package io.holdfast.jdbc;

import static io.holdfast.jdbc.DriftWitness.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * When DDL becomes true for everybody, on a PostgreSQL: whichever way transactions begin and end there.
 * After each case a full reading of the catalog must find nothing that was not heard.
 */
class PostgresTransactionsIT {

  @RegisterExtension
  static final PostgresServer SERVER = new PostgresServer();

  private DriftWitness witness;
  private HoldfastConnection connection;

  @BeforeEach
  void open() throws Exception {
    witness = new DriftWitness(
        SERVER.newDatabase(),
        PostgresServer.login(),
        "create table a (id int primary key, name text)",
        "create table parent (id int primary key)",
        "create table child (p int references parent deferrable initially deferred)");
    connection = witness.connect();
  }

  @AfterEach
  void nothingEscaped() throws SQLException {
    try (DriftWitness last = witness) {
      last.assertNothingEscaped();
    }
  }

  @Test
  void textTransaction_open_leavesOthersAlone() throws SQLException {
    run(connection, "begin");
    long readings = witness.statistics().readings();
    run(connection, "alter table a add n int");
    assertThat(witness.serves("public.a")).as("to everybody else").isTrue();
    assertThat(witness.serves(connection, "public.a")).as("to this connection").isFalse();
    assertThat(witness.statistics().readings()).as("readings of the catalog").isEqualTo(readings);
    run(connection, "commit");
    assertThat(witness.drifted()).containsExactly("public.a");
    assertThat(witness.serves(connection, "public.a")).isTrue();
  }

  @Test
  void textTransaction_rolledBack_isForgotten() throws SQLException {
    run(connection, "start transaction isolation level serializable");
    run(connection, "alter table a add n int");
    run(connection, "rollback");
    assertThat(witness.drifted()).isEmpty();
    assertThat(witness.statistics().ddlRolledBack()).isEqualTo(1);
    assertThat(witness.serves(connection, "public.a")).isTrue();
    run(connection, "create table b (id int)");
    assertThat(witness.drifted()).containsExactly("public.b");
  }

  @Test
  void textTransaction_abortedThenCommitted_isARollback() throws SQLException {
    run(connection, "begin");
    run(connection, "alter table a add n int");
    assertThatThrownBy(() -> run(connection, "select 1/0")).isInstanceOf(SQLException.class);
    run(connection, "commit");
    assertThat(witness.drifted()).isEmpty();
    assertThat(witness.serves(connection, "public.a")).isTrue();
  }

  @Test
  void textCommitAndChain_publishesAndStaysInATransaction() throws SQLException {
    run(connection, "begin");
    run(connection, "create table b (id int)");
    run(connection, "commit and chain");
    assertThat(witness.drifted()).containsExactly("public.b");
    run(connection, "create table c (id int)");
    run(connection, "rollback");
    assertThat(witness.drifted()).containsExactly("public.b");
  }

  @Test
  void textSavepoint_rolledBackTo_publishesWhatIsLeft() throws SQLException {
    connection.setAutoCommit(false);
    run(connection, "create table b (id int)");
    run(connection, "savepoint s");
    run(connection, "alter table a add n int");
    run(connection, "rollback to savepoint s");
    run(connection, "release s");
    connection.commit();
    assertThat(witness.drifted()).containsExactly("public.b");
  }

  @Test
  void abortedTransaction_commit_isARollback() throws SQLException {
    connection.setAutoCommit(false);
    run(connection, "alter table a add n int");
    assertThatThrownBy(() -> run(connection, "select 1/0")).isInstanceOf(SQLException.class);
    connection.commit();
    assertThat(witness.drifted()).isEmpty();
    assertThat(witness.serves(connection, "public.a")).isTrue();
  }

  @Test
  void commit_refusedByADeferredConstraint_publishesNothing() throws SQLException {
    connection.setAutoCommit(false);
    run(connection, "create table b (id int)");
    run(connection, "insert into child values (7)");
    assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
    assertThat(witness.drifted()).isEmpty();
  }

  @Test
  void statementFailing_afterACommitInItsText_isPublished() {
    assertThatThrownBy(() -> run(connection, "begin; create table b (id int); commit; select 1/0"))
        .isInstanceOf(SQLException.class);
    assertThat(witness.drifted()).containsExactly("public.b");
  }

  @Test
  void doBlockFailing_afterItsCommit_isPublished() {
    assertThatThrownBy(() -> run(connection, """
        do $$ begin
          create table b (id int);
          commit;
          raise exception 'too late';
        end $$
        """)).isInstanceOf(SQLException.class);
    assertThat(witness.drifted()).containsExactly("public.b");
  }

  @Test
  void procedureThatCommits_isPublished() throws SQLException {
    run(connection, """
        create procedure grow() language plpgsql as $$ begin
          execute 'alter table a add n int';
          commit;
          execute 'create table b (id int)';
          rollback;
        end $$
        """);
    try (CallableStatement call = connection.prepareCall("call grow()")) {
      call.execute();
    }
    assertThat(witness.drifted()).containsExactly("public.a");
  }

  @Test
  void batch_failingHalfWay_publishesWhatIsThere() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("create table b (id int)");
      statement.addBatch("insert into a values (1, 'x')");
      statement.addBatch("insert into a values (1, 'x')");
      statement.addBatch("alter table a add n int");
      assertThatThrownBy(statement::executeBatch).isInstanceOf(BatchUpdateException.class);
      witness.assertNothingEscaped();
      statement.clearBatch();
      statement.addBatch("alter table a add m int");
      statement.executeLargeBatch();
    }
    assertThat(witness.drifted()).contains("public.a");
  }

  @Test
  void batch_failingInATransaction_isRolledBackWithIt() throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("create table b (id int)");
      statement.addBatch("select 1/0");
      assertThatThrownBy(statement::executeBatch).isInstanceOf(BatchUpdateException.class);
    }
    connection.rollback();
    assertThat(witness.drifted()).isEmpty();
  }

  @Test
  void preparedTransactionByText_isPublishedByWhoeverCommitsIt() throws SQLException {
    connection.setAutoCommit(false);
    run(connection, "alter table a add n int");
    run(connection, "prepare transaction 'move'");
    assertThat(witness.drifted()).isEmpty();
    assertThat(witness.serves(connection, "public.a"))
        .as("as before, to this one")
        .isTrue();
    run(witness.connect(), "commit prepared 'move'");
    assertThat(witness.drifted()).containsExactly("public.a");
  }

  @Test
  void preparedTransactionByText_rolledBack_isForgotten() throws SQLException {
    run(connection, "begin");
    run(connection, "create table b (id int)");
    run(connection, "prepare transaction 'move'");
    run(witness.connect(), "rollback prepared 'move'");
    assertThat(witness.drifted()).isEmpty();
    run(connection, "create table b (id int)");
    assertThat(witness.drifted()).containsExactly("public.b");
  }

  @Test
  void handedOverAndForgotten_isNobodysDrift() throws SQLException {
    connection.setAutoCommit(false);
    run(connection, "create table b (id int)");
    run(connection, "prepare transaction 'left'");
    connection.rollback();
    run(connection, "create table c (id int)");
    connection.commit();
    assertThat(witness.drifted()).containsExactly("public.c");
    run(witness.raw(), "rollback prepared 'left'");
  }

  @Test
  void abort_withDdlPending_publishesNothing() throws SQLException {
    connection.setAutoCommit(false);
    run(connection, "create table b (id int)");
    connection.abort(Runnable::run);
    assertThat(connection.isClosed()).isTrue();
    assertThat(witness.drifted()).isEmpty();
  }

  @Test
  void serverEndsTheSession_withDdlPending_publishesNothing() throws SQLException {
    connection.setAutoCommit(false);
    run(connection, "alter table a add n int");
    int backend = connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
    try (Connection killer = witness.raw()) {
      run(killer, "select pg_terminate_backend(" + backend + ", 10000)");
    }
    assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
    connection.close();
    assertThat(witness.drifted()).isEmpty();
  }

  @Test
  void poolThatRollsBackOnReturn_publishesNothingAndLendsACleanConnection() throws SQLException {
    var config = new HikariConfig();
    config.setJdbcUrl(witness.url());
    config.setDataSourceProperties(PostgresServer.login());
    config.setMaximumPoolSize(1);
    config.setAutoCommit(false);
    try (var pool = new HikariDataSource(config)) {
      try (Connection lent = pool.getConnection()) {
        run(lent, "alter table a add n int");
      }
      try (Connection lent = pool.getConnection()) {
        assertThat(witness.serves(lent.unwrap(HoldfastConnection.class), "public.a"))
            .isTrue();
        run(lent, "create table b (id int)");
        lent.commit();
      }
    }
    assertThat(witness.drifted()).containsExactly("public.b");
  }

  @Test
  void twoTransactions_eachPublishesItsOwn() throws SQLException {
    HoldfastConnection other = witness.connect();
    connection.setAutoCommit(false);
    other.setAutoCommit(false);
    run(connection, "alter table a add n int");
    run(other, "create table b (id int)");
    other.commit();
    assertThat(witness.drifted()).containsExactly("public.b");
    assertThat(witness.serves(other, "public.a")).isTrue();
    connection.rollback();
    assertThat(witness.drifted()).containsExactly("public.b");
  }

  @Test
  void releasedSavepoint_isPublishedAtCommit() throws SQLException {
    connection.setAutoCommit(false);
    Savepoint outer = connection.setSavepoint();
    run(connection, "create table b (id int)");
    Savepoint inner = connection.setSavepoint("inner");
    run(connection, "create table c (id int)");
    connection.releaseSavepoint(inner);
    connection.releaseSavepoint(outer);
    assertThat(witness.drifted()).isEmpty();
    connection.setAutoCommit(true);
    assertThat(witness.drifted()).containsExactlyInAnyOrder("public.b", "public.c");
  }

  @Test
  void dataWithKeysAndReturning_isPassedOnAndNotHeard() throws SQLException {
    run(connection, "create table item (id serial primary key, name text)");
    int heard = witness.drifted().size();
    try (PreparedStatement insert = connection.prepareStatement(
        "insert into item (name) values (?)", Statement.RETURN_GENERATED_KEYS)) {
      for (String name : new String[] {"x", "y"}) {
        insert.setString(1, name);
        insert.addBatch();
      }
      assertThat(insert.executeLargeBatch()).hasSize(2);
      try (ResultSet keys = insert.getGeneratedKeys()) {
        assertThat(keys.next()).isTrue();
        assertThat(keys.getStatement()).isSameAs(insert);
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("update item set name = 'z' returning id, name")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getStatement()).isSameAs(statement);
    }
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.executeLargeUpdate("delete from item")).isEqualTo(2);
      assertThat(statement.executeLargeUpdate(
              "insert into item (name) values ('q')", new String[] {"id"}))
          .isEqualTo(1);
    }
    assertThat(witness.drifted()).hasSize(heard);
  }
}
