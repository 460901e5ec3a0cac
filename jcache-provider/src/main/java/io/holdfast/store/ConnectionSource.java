package io.holdfast.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * Opens connections to one file, and never to another that has its name by then.
 *
 * <p>SQLite opens by name, and a file may be replaced at any time. A connection to the new file would
 * share the log's index with those to the old one, and empty it under them: the process would die of a
 * SIGBUS. One to the old file might meet the log of the new one. So the name is looked up again after the
 * file was opened and before anything is read, and once more when its log was opened.
 *
 * <p>Closing it closes every connection that it opened and that is open still. All connections of a process
 * to one file share the log's index of the first: one that is left behind would have those that are opened
 * later use an index that was removed, and miss what other processes commit.
 */
final class ConnectionSource implements AutoCloseable {
  private final Path file;
  private final FileIdentity identity;
  private final EntryLimit limit;
  private final Set<SQLiteConnection> opened = new HashSet<>();
  private volatile @Nullable LogIdentity log;
  private boolean isClosed;

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
    LogIdentity known = log;
    return isFileInPlace() && (known == null || known.areInPlace());
  }

  /** Whether nobody can have begun another log; see {@link LogIdentity#isTheOnlyOne}. */
  boolean hasTheOnlyLog() {
    LogIdentity known = log;
    return known == null || known.isTheOnlyOne();
  }

  /** Whether the log, or its index, still has its name, which a file in the place of this one would use too. */
  boolean isAnyOfTheLogInPlace() {
    LogIdentity known = log;
    return known != null && known.isAnyInPlace();
  }

  /** Has later connections of any process make another index; see {@link LogIdentity#removeIndex}. */
  void removeIndex() {
    LogIdentity known = log;
    if (known != null) {
      known.removeIndex();
    }
  }

  SQLiteConnection openWriter(Durability durability) throws SQLException {
    return opened(() -> limited(Pragmas.openWriter(file, durability, this::requireInPlace)));
  }

  SQLiteConnection openReader() throws SQLException {
    return opened(() -> limited(Pragmas.openReader(file, this::requireInPlace)));
  }

  SQLiteConnection openCheckpointing() throws SQLException {
    return opened(() -> Pragmas.openCheckpointing(file, this::requireInPlace));
  }

  private SQLiteConnection limited(SQLiteConnection connection) throws SQLException {
    limit.applyTo(connection);
    return connection;
  }

  private interface Opening {
    SQLiteConnection open() throws SQLException;
  }

  // Under the lock, so that closing waits for a connection that is just being opened.
  private synchronized SQLiteConnection opened(Opening opening) throws SQLException {
    if (isClosed) {
      throw new SQLException(file + " is closed");
    }
    for (Iterator<SQLiteConnection> each = opened.iterator(); each.hasNext(); ) {
      if (each.next().isClosed()) {
        each.remove();
      }
    }
    SQLiteConnection connection = opening.open();
    opened.add(connection);
    return connection;
  }

  /**
   * Closes what is open still: a reader that its pool gave up while a thread was about to give it back, a
   * connection of a backup or an export, whose statement is interrupted. None can be opened afterwards.
   *
   * @throws SQLException if one did not close; the others are closed
   */
  @Override
  public synchronized void close() throws SQLException {
    isClosed = true;
    var failure = new SQLException("a connection to " + file + " did not close");
    for (SQLiteConnection connection : opened) {
      try {
        if (!connection.isClosed()) {
          connection.getDatabase().interrupt();
          connection.close();
        }
      } catch (SQLException e) {
        failure.addSuppressed(e);
      }
    }
    opened.clear();
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
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
    LogIdentity known = log;
    if (known != null && !known.areInPlace() && isFileInPlace()) {
      throw new SQLException("the log of " + file + " was removed or replaced while it was open");
    }
  }
}
