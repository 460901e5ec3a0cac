package io.holdfast.docs.serve;

import io.holdfast.docs.profile.ProfileSettings;
import io.holdfast.docs.profile.TableProfile;
import io.holdfast.docs.profile.TableProfiler;
import io.holdfast.docs.run.TableDocumenter;
import io.holdfast.schema.Dialect;
import io.holdfast.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Looks at the rows of one database's tables over one connection, one table at a time, so that many
 * requests are no load for the server. Replaces a connection that broke. Safe from any thread.
 */
final class RowReader implements TableDocumenter.Rows, AutoCloseable {
  private static final int VALID_SECONDS = 5;

  private final ReentrantLock lock = new ReentrantLock(/* fair= */ true);
  private final ConnectionSource source;
  private final Dialect dialect;
  private final ProfileSettings settings;
  private Connection connection; // guarded by lock

  /** Takes this connection over. */
  RowReader(
      Connection connection, ConnectionSource source, Dialect dialect, ProfileSettings settings) {
    this.connection = connection;
    this.source = source;
    this.dialect = dialect;
    this.settings = settings;
  }

  @Override
  public TableProfile profile(TableName table) throws SQLException {
    lock.lock();
    try {
      if (!connection.isValid(VALID_SECONDS)) {
        // The new one first: the watch of a database may end with its last connection.
        Connection fresh = source.connect();
        closeQuietly();
        connection = fresh;
      }
      return new TableProfiler(connection, dialect, settings).profile(table);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for who reads. */
  @Override
  public void close() {
    lock.lock();
    try {
      closeQuietly();
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("EmptyCatch") // it is broken, or not needed any more
  private void closeQuietly() {
    try {
      connection.close();
    } catch (SQLException e) {
      // Nobody can do anything about it.
    }
  }
}
