package io.holdfast.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that a connection keeps from one statement to the next, which spares SQLite its locks. It
 * keeps the log from being emptied, so whoever takes it lets go of it.
 *
 * @see <a href="https://sqlite.org/walformat.html#wal_locks">The locks of a log</a>
 */
final class Pin {
  // Stepped once and left there: it has at least two
  // rows, so it holds its snapshot, also past a commit.
  private static final String SQL = "SELECT 1 FROM sqlite_schema LIMIT 2";

  private final StatementCache statements;
  private @Nullable ResultSet rows;
  private @Nullable LogPosition position;
  private boolean usedSinceSweep;

  Pin(StatementCache statements) {
    this.statements = statements;
  }

  boolean isKept() {
    return rows != null;
  }

  /** Whether it is kept, and is the commit that these words of the log's index stand for. */
  boolean isAt(long change, long checksum) {
    LogPosition known = position();
    return known != null && known.change() == change && known.checksum() == checksum;
  }

  /** The commit that it is; null if none is kept. */
  @Nullable
  LogPosition position() {
    return rows == null ? null : position;
  }

  /** Says that it is used, so that the next sweep leaves it. */
  void use() {
    usedSinceSweep = true;
  }

  /** Takes the newest snapshot, or that of the transaction that is open. */
  void take() throws SQLException {
    rows = statements.get(SQL).executeQuery();
  }

  /** Says which words of the log's index it stands for. */
  void at(LogPosition commit) {
    position = commit;
  }

  void letGo() throws SQLException {
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }

  /** Lets go unless it was used since the last sweep. */
  void letGoIfIdle() throws SQLException {
    if (!usedSinceSweep) {
      letGo();
    }
    usedSinceSweep = false;
  }

  /** All statements are closed, and this with them. */
  void forget() {
    rows = null;
  }
}
