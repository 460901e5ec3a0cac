package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;

/** The contract on H2. */
class H2WrapperContractTest extends WrapperContractSpec {

  @Override
  String target() {
    return "h2:mem:contract;DB_CLOSE_DELAY=-1";
  }

  @Override
  Class<? extends Connection> driverType() {
    return JdbcConnection.class;
  }

  @Override
  String arrayExpression() {
    return "array[1, 2]";
  }

  /** SQLite refuses the second call, so this is not in the common contract. */
  @Test
  void getResultSet_askedTwice_isTheSame() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:holdfast:" + target());
        Statement statement = connection.createStatement()) {
      try (ResultSet executed = statement.executeQuery("select 1")) {
        assertThat(statement.getResultSet()).isSameAs(executed);
      }
    }
  }
}
