package io.holdfast.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Database metadata that leads back to our connection. */
final class LinkedMetaData extends ForwardingDatabaseMetaData {

  private final ListeningConnection connection;

  LinkedMetaData(DatabaseMetaData target, ListeningConnection connection) {
    super(target);
    this.connection = connection;
  }

  boolean wraps(DatabaseMetaData other) {
    return target == other;
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  @Override
  @Nullable
  ResultSet linked(@Nullable ResultSet resultSet) {
    return resultSet == null ? null : new LinkedResultSet(resultSet, connection, null, false);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return WrapperContract.unwrap(this, target, connection.ledger(), type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return WrapperContract.isWrapperFor(this, target, type);
  }
}
