package io.holdfast.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** One physical reader connection with its prepared statements. Used under its lock. */
final class ReadSession {
  private static final String BEGIN = "BEGIN";
  private static final String COMMIT = "COMMIT";
  private static final String ROLLBACK = "ROLLBACK";

  private final SQLiteConnection connection;
  private final ReentrantLock lock = new ReentrantLock();
  private final StatementCache statements;
  private final Pin pin;

  ReadSession(SQLiteConnection connection) {
    this.connection = connection;
    this.statements = new StatementCache(connection);
    this.pin = new Pin(statements);
  }

  ReentrantLock lock() {
    return lock;
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
    pin.forget();
    statements.discard(reason);
  }

  /**
   * Makes the following reads see everything that was acknowledged so far. While nothing new is
   * committed they share one snapshot, which spares SQLite its locks.
   *
   * @return whether the snapshot is a new one
   */
  boolean pinLatest(WalIndex index) throws SQLException {
    pin.use();
    long change = index.change();
    long checksum = index.checksum();
    if (pin.isAt(change, checksum)) {
      return false;
    }
    pin.letGo();
    // The words were read before the snapshot is taken: it is as new as they are, or newer, and
    // then the next look finds them changed.
    pin.take();
    pin.at(new LogPosition(change, checksum));
    return true;
  }

  /** The commit that reads see by the snapshot that they share; null if they share none. */
  @Nullable
  LogPosition pinned() {
    return pin.position();
  }

  /** Whether reads share a snapshot now. */
  boolean isPinned() {
    return pin.isKept();
  }

  /** Lets go of the snapshot, which would keep the log from being emptied. */
  void unpin() throws SQLException {
    pin.letGo();
  }

  /** Lets go of a snapshot that nobody used since the last sweep. */
  void unpinIfIdle() throws SQLException {
    pin.letGoIfIdle();
  }

  /** Runs several statements on one snapshot. */
  <T> T inSnapshot(Readers.Query<T> query) throws SQLException {
    if (pin.isKept()) {
      return query.run(this);
    }
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
