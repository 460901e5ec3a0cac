package io.holdfast.jdbc;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;

/**
 * A physical connection whose handles listen. What was done over one handle is kept here, with the
 * physical connection, until it is committed or rolled back, perhaps over the next one.
 *
 * <p>Events come from this object. That a handle was closed is told when what it left pending has been
 * settled, so that a pool may lend the connection at once.
 */
class ListeningPooledConnection implements PooledConnection, Wrapper {

  private final PooledConnection target;
  private final Ledger ledger;
  private final Runnable release;
  private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
  private final List<StatementEventListener> statementListeners = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<WeakReference<ListeningPreparedStatement>> statements =
      new ConcurrentLinkedQueue<>();
  private final Forwarder forwarder = new Forwarder();
  private volatile @Nullable Connection handle;
  private volatile @Nullable Handle ending;

  ListeningPooledConnection(PooledConnection target, Attached attached) {
    this.target = target;
    this.ledger = attached.ledger();
    this.release = attached.release();
    target.addConnectionEventListener(forwarder);
  }

  final Ledger ledger() {
    return ledger;
  }

  /** Makes a handle; the driver closes the one that is still out. */
  @Override
  public Connection getConnection() throws SQLException {
    Ledger.Ending previous = ledger.closing();
    Connection raw;
    try {
      raw = target.getConnection();
    } catch (Throwable e) {
      previous.failed();
      throw e;
    }
    previous.done();
    if (Attachment.isOurs(raw)) {
      return raw;
    }
    ledger.autoCommitSet(raw.getAutoCommit());
    handle = raw;
    return new ListeningConnection(raw, ledger, new Handle());
  }

  /** A branch is over, and the handle may be in autocommit mode again, which nobody told us. */
  final void branchLeft() {
    Connection raw = handle;
    try {
      if (raw != null && !raw.isClosed()) {
        ledger.autoCommitSet(raw.getAutoCommit());
      }
    } catch (SQLException e) {
      // Closed just now; the next handle tells.
    }
  }

  /** Closes the physical connection. */
  @Override
  public void close() throws SQLException {
    Ledger.Ending end = ledger.closing();
    try {
      target.close();
    } catch (Throwable e) {
      end.failed();
      throw e;
    } finally {
      release.run();
    }
    end.done();
  }

  @Override
  public void addConnectionEventListener(ConnectionEventListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeConnectionEventListener(ConnectionEventListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void addStatementEventListener(StatementEventListener listener) {
    if (statementListeners.isEmpty()) {
      target.addStatementEventListener(forwarder);
    }
    statementListeners.add(listener);
  }

  @Override
  public void removeStatementEventListener(StatementEventListener listener) {
    statementListeners.remove(listener);
    if (statementListeners.isEmpty()) {
      target.removeStatementEventListener(forwarder);
    }
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    T found = WrapperContract.unwrapSource(this, target, type);
    if (found != this) {
      ledger.escaped();
    }
    return found;
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return WrapperContract.isSourceFor(this, target, type);
  }

  @Override
  public String toString() {
    return "Holdfast pooled connection over " + target.getClass().getName();
  }

  /** A handle's end, between the driver's call and ours to the listeners. */
  private final class Handle implements Lifetime {

    private volatile boolean closedByDriver;

    @Override
    public void ending() {
      ending = this;
    }

    @Override
    public boolean isPhysical() {
      return false;
    }

    @Override
    public void over() {
      ending = null;
      if (closedByDriver) {
        closedByDriver = false;
        tellClosed();
      }
    }

    @Override
    public void prepared(ListeningPreparedStatement statement) {
      if (!statementListeners.isEmpty()) {
        statements.removeIf(known -> {
          ListeningPreparedStatement other = known.get();
          return other == null || other.targetOrNull() == null;
        });
        statements.add(new WeakReference<>(statement));
      }
    }
  }

  private void tellClosed() {
    var event = new ConnectionEvent(this);
    listeners.forEach(listener -> listener.connectionClosed(event));
  }

  /** Our statement for the driver's, which is what the pool knows. */
  private PreparedStatement ours(PreparedStatement raw) {
    for (WeakReference<ListeningPreparedStatement> known : statements) {
      ListeningPreparedStatement statement = known.get();
      if (statement != null && statement.targetOrNull() == raw) {
        return statement;
      }
    }
    return raw;
  }

  /** What the driver tells, told on from this object. */
  private final class Forwarder implements ConnectionEventListener, StatementEventListener {

    @Override
    public void connectionClosed(ConnectionEvent event) {
      Handle current = ending;
      if (current != null) {
        current.closedByDriver = true;
      } else {
        tellClosed();
      }
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
      var ours = new ConnectionEvent(ListeningPooledConnection.this, event.getSQLException());
      listeners.forEach(listener -> listener.connectionErrorOccurred(ours));
    }

    @Override
    public void statementClosed(StatementEvent event) {
      var ours = new StatementEvent(ListeningPooledConnection.this, ours(event.getStatement()));
      statementListeners.forEach(listener -> listener.statementClosed(ours));
    }

    @Override
    public void statementErrorOccurred(StatementEvent event) {
      var ours = new StatementEvent(
          ListeningPooledConnection.this, ours(event.getStatement()), event.getSQLException());
      statementListeners.forEach(listener -> listener.statementErrorOccurred(ours));
    }
  }
}
