package io.holdfast.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConnection;

/** One physical reader connection with its prepared statements. Used under its lock. */
final class ReadSession {
  private static final String BEGIN = "BEGIN";
  private static final String COMMIT = "COMMIT";

  private final SQLiteConnection connection;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  ReadSession(SQLiteConnection connection) {
    this.connection = connection;
  }

  ReentrantLock lock() {
    return lock;
  }

  /** Returns once no read is under way. */
  void awaitIdle() {
    lock.lock();
    try {
      assert lock.isHeldByCurrentThread();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() throws SQLException {
    return connection.isClosed();
  }

  /** The statement for this text, prepared once per connection. */
  PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      statements.put(sql, known);
    }
    return known;
  }

  /** Runs several statements on one snapshot. */
  <T> T inSnapshot(Readers.Query<T> query) throws SQLException {
    statement(BEGIN).executeUpdate();
    try {
      return query.run(this);
    } finally {
      statement(COMMIT).executeUpdate();
    }
  }
}
