package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.schema.SchemaWatch;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Identity, unwrapping, exceptions and closing, the same for each database. Compared with {@code ==},
 * as frameworks compare.
 */
abstract class WrapperContractSpec {

  private Connection connection;

  /** The target's URL, without {@code jdbc:}. */
  abstract String target();

  Properties properties() {
    return new Properties();
  }

  /** The driver's own connection type, as people unwrap to it. */
  abstract Class<? extends Connection> driverType();

  /** An SQL array expression, or empty where the database has none. */
  String arrayExpression() {
    return "";
  }

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:holdfast:" + target(), properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table contract_probe (id integer primary key, name varchar(20))");
    }
  }

  @AfterEach
  void close() throws SQLException {
    if (connection.isClosed()) {
      connection = DriverManager.getConnection("jdbc:holdfast:" + target(), properties());
    }
    try (Connection last = connection;
        Statement statement = last.createStatement()) {
      statement.execute("drop table if exists contract_probe");
    }
    SchemaWatch.shutdown();
  }

  @Test
  void getConnection_ofStatements_isTheConnection() throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("select 1")) {
      assertThat(statement.getConnection()).isSameAs(connection);
      assertThat(prepared.getConnection()).isSameAs(connection);
    }
  }

  @Test
  void getConnection_ofCallableStatement_isTheConnection() throws SQLException {
    CallableStatement callable;
    try {
      callable = connection.prepareCall("select 1");
    } catch (SQLException e) {
      assumeTrue(false, "this driver has no callable statements: " + e.getMessage());
      return;
    }
    try (callable) {
      assertThat(callable.getConnection()).isSameAs(connection);
    }
  }

  @Test
  void getStatement_ofResultSets_isTheStatement() throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("select 1")) {
      try (ResultSet direct = statement.executeQuery("select 1")) {
        assertThat(direct.getStatement()).isSameAs(statement);
        assertThat(direct.getStatement().getConnection()).isSameAs(connection);
      }
      assertThat(statement.execute("select 2")).isTrue();
      try (ResultSet later = statement.getResultSet()) {
        assertThat(later.getStatement()).isSameAs(statement);
      }
      try (ResultSet ofPrepared = prepared.executeQuery()) {
        assertThat(ofPrepared.getStatement()).isSameAs(prepared);
      }
    }
  }

  @Test
  void getStatement_ofGeneratedKeys_isTheStatement() throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(
        "insert into contract_probe values (1, 'a')", Statement.RETURN_GENERATED_KEYS)) {
      assertThat(insert.executeUpdate()).isEqualTo(1);
      try (ResultSet keys = insert.getGeneratedKeys()) {
        assertThat(keys.getStatement()).isSameAs(insert);
      }
    }
  }

  @Test
  void getMetaData_leadsBackToTheConnection() throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    assertThat(metaData.getConnection()).isSameAs(connection);
    try (ResultSet tables = metaData.getTables(null, null, "%", null)) {
      assertThat(tables.next()).isTrue();
      Statement behind = tables.getStatement();
      if (behind != null) {
        assertThat(behind.getConnection()).isSameAs(connection);
        assertThat(tables.getStatement()).isSameAs(behind);
      }
    }
  }

  @Test
  void array_leadsBackToTheConnectionAndGoesBackToTheDriver() throws SQLException {
    assumeThat(arrayExpression()).as("this database has arrays").isNotEmpty();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select " + arrayExpression());
        PreparedStatement echo = connection.prepareStatement(
            "select count(*) from contract_probe where cast(? as integer array) is null")) {
      assertThat(row.next()).isTrue();
      Array array = row.getArray(1);
      try (ResultSet elements = array.getResultSet()) {
        Statement behind = elements.getStatement();
        if (behind != null) {
          assertThat(behind.getConnection()).isSameAs(connection);
          assertThat(elements.getStatement()).isSameAs(behind);
        }
      }
      assertThat(row.getObject(1)).isInstanceOf(LinkedArray.class);
      echo.setArray(1, array);
      try (ResultSet counted = echo.executeQuery()) {
        assertThat(counted.next()).isTrue();
      }
      echo.setObject(1, connection.createArrayOf("integer", new Object[] {1, 2}));
      try (ResultSet counted = echo.executeQuery()) {
        assertThat(counted.next()).isTrue();
      }
    }
  }

  @Test
  void unwrap_interfaceWeImplement_isOurself() throws SQLException {
    assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
    assertThat(connection.unwrap(HoldfastConnection.class)).isSameAs(connection);
    assertThat(connection.unwrap(Wrapper.class)).isSameAs(connection);
    assertThat(connection.isWrapperFor(HoldfastConnection.class)).isTrue();
  }

  @Test
  void unwrap_driverType_isTheDriversObject() throws SQLException {
    assertThat(connection.isWrapperFor(driverType())).isTrue();
    assertThat(connection.unwrap(driverType())).isNotSameAs(connection);
    assertThat(connection.isWrapperFor(Number.class)).isFalse();
    assertThatThrownBy(() -> connection.unwrap(Number.class)).isInstanceOf(SQLException.class);
  }

  @Test
  void unwrap_driverType_isCountedAsABlindSpot() throws SQLException {
    HoldfastConnection ours = connection.unwrap(HoldfastConnection.class);
    long before = ours.database().orElseThrow().statistics().blindSpots();
    connection.unwrap(driverType());
    assertThat(ours.database().orElseThrow().statistics().blindSpots()).isEqualTo(before + 1);
  }

  @Test
  void equals_isIdentity() throws SQLException {
    Connection raw = connection.unwrap(driverType());
    assertThat(connection).isNotEqualTo(raw);
    assertThat(raw).isNotEqualTo(connection);
    assertThat(new HashSet<>(Set.of(connection))).contains(connection);
  }

  @Test
  void sqlException_isTheDrivers() throws SQLException {
    String broken = "select nothing from nowhere_at_all";
    SQLException theirs;
    try (Connection raw = DriverManager.getConnection("jdbc:" + target(), properties());
        Statement statement = raw.createStatement()) {
      theirs = failureOf(statement, broken);
    }
    try (Statement statement = connection.createStatement()) {
      SQLException ours = failureOf(statement, broken);
      assertThat(ours.getClass()).isEqualTo(theirs.getClass());
      assertThat(ours.getSQLState()).isEqualTo(theirs.getSQLState());
      assertThat(ours.getErrorCode()).isEqualTo(theirs.getErrorCode());
      assertThat(ours.getMessage()).isEqualTo(theirs.getMessage());
      assertThat(ours.getSuppressed()).isEmpty();
    }
  }

  private static SQLException failureOf(Statement statement, String sql) {
    try {
      statement.executeQuery(sql).close();
    } catch (SQLException e) {
      return e;
    }
    throw new AssertionError("this should have failed: " + sql);
  }

  @Test
  void use_afterClose_isRefusedWithoutAlarmingPools() throws SQLException {
    Statement statement = connection.createStatement();
    connection.close();
    connection.close();
    assertThat(connection.isClosed()).isTrue();
    assertThat(connection.isValid(1)).isFalse();
    assertThatThrownBy(connection::createStatement)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("HY010"));
    assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> connection.setClientInfo("a", "b"))
        .isInstanceOf(java.sql.SQLClientInfoException.class);
  }
}
