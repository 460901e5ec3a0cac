package io.holdfast.jdbc;

import static io.holdfast.jdbc.DriftWitness.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.SchemaDrift;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Unqualified names and what they lead to when the statement runs, on a PostgreSQL with two schemas. */
class PostgresNamesIT {

  @RegisterExtension
  static final PostgresServer SERVER = new PostgresServer();

  private DriftWitness witness;
  private HoldfastConnection connection;

  @BeforeEach
  void open() throws Exception {
    witness = new DriftWitness(
        SERVER.newDatabase(),
        PostgresServer.login(),
        "create schema s1",
        "create schema s2",
        "create table s1.t (id int)",
        "create table s2.t (id int)");
    connection = witness.connect();
  }

  @AfterEach
  void close() throws SQLException {
    witness.close();
  }

  @Test
  void pathUnknown_everyTableOfTheNameIsDirty() throws SQLException {
    run(connection, "select set_config('search_path', 's2', false)");
    connection.setAutoCommit(false);
    run(connection, "alter table t add n int");
    assertThat(witness.serves(connection, "s1.t")).isFalse();
    assertThat(witness.serves(connection, "s2.t")).isFalse();
    connection.rollback();
  }

  @Test
  void setSchema_theTableThereIsDirty() throws SQLException {
    connection.setAutoCommit(false);
    connection.setSchema("s2");
    run(connection, "alter table t add n int");
    assertThat(witness.serves(connection, "s1.t")).isTrue();
    assertThat(witness.serves(connection, "s2.t")).isFalse();
    connection.commit();
    assertThat(witness.drifted()).containsExactly("s2.t");
    witness.assertNothingEscaped();
  }

  @Test
  void preparedStatement_meansWhatThePathSaysWhenItRuns() throws SQLException {
    connection.setSchema("s1");
    try (PreparedStatement alter = connection.prepareStatement("alter table t add n int")) {
      connection.setSchema("s2");
      connection.setAutoCommit(false);
      alter.execute();
      assertThat(witness.serves(connection, "s1.t")).isTrue();
      assertThat(witness.serves(connection, "s2.t")).isFalse();
      connection.commit();
    }
    assertThat(witness.drifted()).containsExactly("s2.t");
  }

  @Test
  void pathRolledBack_leadsBackToWhatItWas() throws SQLException {
    run(connection, "set search_path to s1");
    connection.setAutoCommit(false);
    run(connection, "set search_path to s2");
    connection.rollback();
    run(connection, "alter table t add n int");
    assertThat(witness.serves(connection, "s1.t")).isFalse();
    assertThat(witness.serves(connection, "s2.t")).isTrue();
    connection.commit();
    assertThat(witness.drifted()).containsExactly("s1.t");
  }

  @Test
  void pathRolledBackToASavepointByText_isNotBelieved() throws SQLException {
    run(connection, "set search_path to s1");
    connection.setAutoCommit(false);
    run(connection, "savepoint s");
    run(connection, "set search_path to s2");
    run(connection, "rollback to s");
    run(connection, "alter table t add n int");
    assertThat(witness.serves(connection, "s1.t")).isFalse();
    connection.commit();
    assertThat(witness.drifted()).containsExactly("s1.t");
    witness.assertNothingEscaped();
  }

  @Test
  void anotherSessionsChangeOfTheOtherTable_isPutDownToIt() throws SQLException {
    connection.setSchema("s2");
    run(witness.raw(), "alter table s1.t add outside int");
    run(connection, "alter table t add n int");
    assertThat(witness.drifts())
        .extracting(drift -> drift.table().schema(), SchemaDrift::origin)
        .containsExactlyInAnyOrder(
            org.assertj.core.api.Assertions.tuple("s1", SchemaDrift.Origin.OTHER_SESSION),
            org.assertj.core.api.Assertions.tuple("s2", SchemaDrift.Origin.OWN_CONNECTION));
  }

  @Test
  void moveToAnotherSchema_isOurDoingAtBothEnds() throws SQLException {
    connection.setSchema("s1");
    run(connection, "drop table s2.t");
    run(connection, "alter table t set schema s2");
    run(connection, "alter table s2.t rename to moved");
    assertThat(witness.drifted())
        .containsExactlyInAnyOrder("s2.t", "s1.t", "s2.t", "s2.t", "s2.moved");
    witness.assertNothingEscaped();
  }

  @Test
  void temporaryTable_hidesThePermanentOneFromItsConnectionOnly() throws SQLException {
    run(connection, "create temp table t (other text)");
    assertThat(witness.serves(connection, "s1.t")).isFalse();
    assertThat(witness.serves("s1.t")).isTrue();
    assertThat(witness.serves(witness.connect(), "s1.t")).isTrue();
    run(connection, "alter table t add n int");
    assertThat(witness.drifted()).as("the temporary one was altered").isEmpty();
    witness.assertNothingEscaped();
  }
}
