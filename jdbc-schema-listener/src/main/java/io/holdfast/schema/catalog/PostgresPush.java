package io.holdfast.schema.catalog;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The change log that a PostgreSQL server keeps of its own DDL, where it was asked to. */
public final class PostgresPush {

  private static final int MANY_OLD_ROWS = 100;

  private PostgresPush() {}

  public static List<String> installStatements() {
    return PostgresPushSql.INSTALL;
  }

  public static List<String> uninstallStatements() {
    return PostgresPushSql.UNINSTALL;
  }

  /**
   * Whether the log is kept.
   *
   * @throws SQLException if the server is no PostgreSQL
   */
  public static boolean isInstalled(Connection connection) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    if (!"PostgreSQL".equals(metaData.getDatabaseProductName())) {
      throw new SQLException(
          "a server writes down its own DDL on PostgreSQL only, not on "
              + metaData.getDatabaseProductName(),
          "0A001");
    }
    return "t".equals(one(connection, PostgresPushSql.IS_INSTALLED));
  }

  /**
   * What the log says: equal as long as no DDL was committed that event triggers see. They are blind to
   * {@code EXPLAIN ANALYZE} of a statement that creates a table, to writes into the catalogs, to an
   * index that was built concurrently in vain, and to sessions that switched them off.
   *
   * @return empty if the log is not kept any more
   */
  public static Optional<String> read(Connection connection) throws SQLException {
    return Optional.ofNullable(one(connection, PostgresPushSql.LOG));
  }

  /** Removes old rows if they have become many, so that reading the log stays cheap. */
  public static void prune(Connection connection) throws SQLException {
    String old = one(connection, PostgresPushSql.LONG_SINCE);
    if (old == null || Integer.parseInt(old) < MANY_OLD_ROWS) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET default_transaction_read_only = off");
      try {
        statement.execute(PostgresPushSql.PRUNE);
      } finally {
        statement.execute("SET default_transaction_read_only = on");
      }
    }
  }

  private static @Nullable String one(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }
}
