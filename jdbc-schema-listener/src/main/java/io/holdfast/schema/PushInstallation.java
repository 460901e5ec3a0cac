package io.holdfast.schema;

import io.holdfast.schema.catalog.PostgresPush;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Makes a PostgreSQL server write down, in each transaction with DDL, that there was some: three event
 * triggers and a table in a schema of their own. With them the probe reads that table, whatever else
 * is written to the database; without them it looks at the catalogs. Nothing of it is ever done unless
 * somebody asks for it here, by the option {@code push=install} or by {@code holdfast push --install}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/event-triggers.html">Event Triggers</a>
 */
public final class PushInstallation {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private PushInstallation() {}

  /** What {@link #install} executes, in order, in one transaction. */
  public static List<String> installStatements() {
    return PostgresPush.installStatements();
  }

  /** What {@link #uninstall} executes, in order, in one transaction. */
  public static List<String> uninstallStatements() {
    return PostgresPush.uninstallStatements();
  }

  /** Whether it is there, whole and switched on; one query. */
  public static boolean isInstalled(Connection connection) throws SQLException {
    return PostgresPush.isInstalled(connection);
  }

  /**
   * Installs, or repairs what is there in part. Blocks for the server; waits for nobody's tables.
   *
   * @param connection of a superuser to the database itself, in auto-commit mode; raw or ours
   * @throws SQLException if the server is no PostgreSQL, the user may not, or the server fails; nothing
   *     is installed then
   */
  public static void install(Connection connection) throws SQLException {
    if (isInstalled(connection)) {
      return;
    }
    inOneTransaction(connection, uninstallStatements(), installStatements());
  }

  /**
   * Removes all of it; quiet if there is nothing. The probe looks at the catalogs from then on.
   *
   * @throws SQLException as {@link #install} does; everything is there as before then
   */
  public static void uninstall(Connection connection) throws SQLException {
    inOneTransaction(connection, uninstallStatements(), List.of());
  }

  private static void inOneTransaction(
      Connection connection, List<String> first, List<String> second) throws SQLException {
    if (!connection.getAutoCommit()) {
      throw new SQLException("installing needs a connection in auto-commit mode", "25001");
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // The reading connections are read-only by default.
      statement.execute("SET TRANSACTION READ WRITE");
      for (String sql : first) {
        statement.execute(sql);
      }
      for (String sql : second) {
        statement.execute(sql);
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw explained(e);
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static SQLException explained(SQLException e) {
    return INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())
        ? new SQLException(
            "only a superuser of the server may install or remove event triggers; without them the"
                + " probe looks at the catalogs, which works as well and costs more",
            e.getSQLState(),
            e)
        : e;
  }
}
