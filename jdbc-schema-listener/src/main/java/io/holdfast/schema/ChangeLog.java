package io.holdfast.schema;

import io.holdfast.schema.catalog.PostgresPush;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The server's own log of its DDL, where it keeps one: read in place of the catalogs, and audited
 * against them now and then, since the server does not write down everything. Used by the reading
 * thread only; {@link #isKept} by anybody.
 */
final class ChangeLog {

  private static final Logger LOGGER = System.getLogger(ChangeLog.class.getName());

  private final boolean possible;
  private final WatchSettings settings;
  private volatile boolean kept;
  private boolean refused;
  private long auditedNanos;

  ChangeLog(Dialect dialect, WatchSettings settings) {
    this.possible = dialect == Dialect.POSTGRESQL && settings.push() != WatchSettings.Push.OFF;
    this.settings = settings;
    this.auditedNanos = System.nanoTime();
  }

  boolean isKept() {
    return kept;
  }

  /** Finds out whether there is a log; installs it if that was asked for. */
  void look(Connection connection) throws SQLException {
    if (!possible) {
      return;
    }
    kept = PostgresPush.isInstalled(connection);
    if (!kept && !refused && settings.push() == WatchSettings.Push.INSTALL) {
      install(connection);
    }
  }

  private void install(Connection connection) throws SQLException {
    try {
      PushInstallation.install(connection);
    } catch (SQLException e) {
      // Another process may have been quicker.
      refused = !PostgresPush.isInstalled(connection);
      if (refused) {
        LOGGER.log(
            Level.WARNING, () -> "event triggers were not installed; polling: " + e.getMessage());
      }
    }
    kept = !refused;
  }

  /** What the log says now, or empty if there is none. */
  Optional<String> read(Connection connection) throws SQLException {
    if (!kept) {
      return Optional.empty();
    }
    try {
      Optional<String> now = PostgresPush.read(connection);
      kept = now.isPresent();
      return now;
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      // Gone (class 42, 3F), which is no failure of the database.
      if (!state.startsWith("42") && !state.startsWith("3F")) {
        throw e;
      }
      kept = false;
      return Optional.empty();
    }
  }

  /** Whether the catalogs have to be looked at again, although the log says nothing. */
  boolean isAuditDue(long nowNanos) {
    return kept && nowNanos - auditedNanos >= settings.audit().toNanos();
  }

  /** The catalogs were looked at; a good moment to tidy up. */
  void audited(Connection connection, long nowNanos) throws SQLException {
    boolean due = isAuditDue(nowNanos);
    auditedNanos = nowNanos;
    if (due) {
      try {
        PostgresPush.prune(connection);
      } catch (SQLException e) {
        // On a standby, for one: somebody else will.
        LOGGER.log(Level.DEBUG, () -> "the change log was not pruned: " + e.getMessage());
      }
    }
  }
}
