package io.holdfast.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * Opens connections to one file, and never to another that has its name by then.
 *
 * <p>SQLite opens by name, and a file may be replaced at any time. A connection to the new file would
 * share the log's index with those to the old one, and empty it under them: the process would die of a
 * SIGBUS. One to the old file might meet the log of the new one. So the name is looked up again after the
 * file was opened and before anything is read, and once more when its log was opened.
 */
final class ConnectionSource {
  private final Path file;
  private final FileIdentity identity;
  private final EntryLimit limit;
  private volatile @Nullable LogIdentity log;

  ConnectionSource(Path file, FileIdentity identity, EntryLimit limit) {
    this.file = file;
    this.identity = identity;
    this.limit = limit;
  }

  Path file() {
    return file;
  }

  EntryLimit limit() {
    return limit;
  }

  FileIdentity identity() {
    return identity;
  }

  /** Takes note which log it is that the connections have opened; at least one has. */
  void rememberLog() {
    log = LogIdentity.of(file);
  }

  /** Whether the file still has its name; true while nobody can tell. */
  boolean isFileInPlace() {
    return identity.isStillAt(file);
  }

  /** Whether the file and its log still have their names; true while nobody can tell. */
  boolean isInPlace() {
    LogIdentity opened = log;
    return isFileInPlace() && (opened == null || opened.areInPlace());
  }

  /** Whether nobody can have begun another log; see {@link LogIdentity#isTheOnlyOne}. */
  boolean hasTheOnlyLog() {
    LogIdentity opened = log;
    return opened == null || opened.isTheOnlyOne();
  }

  SQLiteConnection openWriter(Durability durability) throws SQLException {
    return limited(Pragmas.openWriter(file, durability, this::requireInPlace));
  }

  SQLiteConnection openReader() throws SQLException {
    return limited(Pragmas.openReader(file, this::requireInPlace));
  }

  private SQLiteConnection limited(SQLiteConnection connection) throws SQLException {
    limit.applyTo(connection);
    return connection;
  }

  SQLiteConnection openCheckpointing() throws SQLException {
    return Pragmas.openCheckpointing(file, this::requireInPlace);
  }

  /** Fails if another file has the name of the file or of its log now, or none. */
  void requireInPlace() throws SQLException {
    if (!isFileInPlace()) {
      throw new SQLException(file + " is not the file that was opened any more");
    }
    requireLog();
  }

  /** Fails if the log alone was removed: what others commit from now on is not in it. */
  void requireLog() throws SQLException {
    LogIdentity opened = log;
    if (opened != null && !opened.areInPlace() && isFileInPlace()) {
      throw new SQLException("the log of " + file + " was removed or replaced while it was open");
    }
  }
}
