package io.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The prepared statements of one connection, each prepared once. Used by one thread at a time.
 *
 * <p>After a failure all are thrown away: on errors such as a full disk the driver finalises the
 * statement it was running, and later uses of it would fail for ever.
 */
final class StatementCache {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  StatementCache(Connection connection) {
    this.connection = connection;
  }

  PreparedStatement get(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      statements.put(sql, known);
    }
    return known;
  }

  /** Closes all, the failed ones too; what goes wrong is added to the reason. */
  void discard(Throwable reason) {
    for (PreparedStatement statement : statements.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        reason.addSuppressed(e);
      }
    }
    statements.clear();
  }
}
