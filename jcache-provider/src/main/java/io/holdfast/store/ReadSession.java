package io.holdfast.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConnection;

/** One physical reader connection with its prepared statements. Used under its lock. */
final class ReadSession {
  private static final String BEGIN = "BEGIN";
  private static final String COMMIT = "COMMIT";
  private static final String ROLLBACK = "ROLLBACK";

  private final SQLiteConnection connection;
  private final ReentrantLock lock = new ReentrantLock();
  private final StatementCache statements;

  ReadSession(SQLiteConnection connection) {
    this.connection = connection;
    this.statements = new StatementCache(connection);
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
    return statements.get(sql);
  }

  private void rollBack(Throwable reason) {
    try {
      statement(ROLLBACK).executeUpdate();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** To be called when a statement failed. */
  void discardStatements(SQLException reason) {
    statements.discard(reason);
  }

  /** Runs several statements on one snapshot. */
  <T> T inSnapshot(Readers.Query<T> query) throws SQLException {
    statement(BEGIN).executeUpdate();
    try {
      T result = query.run(this);
      statement(COMMIT).executeUpdate();
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(e);
      throw e;
    }
  }
}
