package io.holdfast.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The one connection that writes. Each transaction runs under an unfair lock, in the caller's thread or
 * that of another caller who has the lock: a commit costs less than handing it to a thread for it.
 */
final class Writer implements AutoCloseable {
  // IMMEDIATE: a read transaction that becomes a writer fails at once when another process was
  // faster, whatever the timeout. https://sqlite.org/lang_transaction.html
  private static final String BEGIN = "BEGIN IMMEDIATE";
  private static final String COMMIT = "COMMIT";
  private static final String ROLLBACK = "ROLLBACK";

  private static final Logger logger = System.getLogger(Writer.class.getName());

  private final Path file;
  private final SQLiteConnection connection;
  private final ReentrantLock lock = new ReentrantLock(/* fair= */ false);
  private final StatementCache statements;
  private final WriterSnapshot snapshot;
  private final CommitJournal journal;
  private final LongAdder commits = new LongAdder();
  private final LongAdder busyRetries = new LongAdder();
  private final Latencies latencies = new Latencies(System::nanoTime);
  private final LockWait lockWait = new LockWait(Pragmas.LOCK_PATIENCE_MILLIS, busyRetries);
  private final GroupCommit group = new GroupCommit(this, lock);
  private @Nullable Checkpointer checkpointer;
  private Pragmas.Proof mayCommit = Pragmas.Proof.NONE;
  private volatile Pragmas.Proof isAttended = Pragmas.Proof.NONE;
  private volatile Durability durability;
  private long transaction;
  private boolean closed;

  /** Work inside a transaction; null means: roll back, nothing is to change. */
  @FunctionalInterface
  interface Work<T> {
    @Nullable
    T run() throws SQLException;
  }

  Writer(Path file, SQLiteConnection connection, Durability durability) throws SQLException {
    this.file = file;
    this.connection = connection;
    this.durability = durability;
    BusyHandler.setHandler(connection, lockWait);
    this.statements = new StatementCache(connection);
    this.snapshot = new WriterSnapshot(statements);
    this.journal = new CommitJournal(connection);
  }

  /** Lets go of the lock, and wakes whoever waits to be carried out. */
  void release() {
    lock.unlock();
    if (!lock.isHeldByCurrentThread()) {
      group.wakeNext();
    }
  }

  /** The statement for this text, prepared once; used in transactions only. */
  PreparedStatement statement(String sql) throws SQLException {
    return statements.get(sql);
  }

  /**
   * Runs the work in one transaction and returns its result once that is durable; null if the work
   * asked to roll back. No user code may run in it.
   *
   * @throws OutcomeUnknownException if COMMIT failed and may still have reached the file
   * @throws StoreException if anything else failed; nothing was changed
   */
  <T> @Nullable T transact(String action, Work<T> work) {
    return transact(action, work, result -> {});
  }

  /**
   * As {@link #transact(String, Work, Consumer)}. Callers that come at the same time share one commit: then
   * the work runs in any caller's thread, and again after a rollback.
   */
  <T> @Nullable T transactTogether(String action, Work<T> work, Consumer<T> afterCommit) {
    return group.run(action, work, afterCommit);
  }

  /** As above; {@code afterCommit} runs under the lock, so that counters rise in commit order. */
  <T> @Nullable T transact(String action, Work<T> work, Consumer<T> afterCommit) {
    return transact(action, work, afterCommit, System.nanoTime(), /* keepsSnapshot= */ false);
  }

  /**
   * As above, for one of several callers who has the lock. The snapshot is kept for the next of them.
   *
   * @param startNanos since when that caller waits
   */
  <T> @Nullable T transact(String action, Work<T> work, Consumer<T> afterCommit, long startNanos) {
    return transact(action, work, afterCommit, startNanos, /* keepsSnapshot= */ true);
  }

  private <T> @Nullable T transact(
      String action,
      Work<T> work,
      Consumer<T> afterCommit,
      long startNanos,
      boolean keepsSnapshot) {
    CommitEvent event = FlightRecording.mayBeOn() ? new CommitEvent() : null;
    if (event != null) {
      event.begin();
    }
    lock.lock();
    try {
      requireOpen();
      if (event != null) {
        event.itsTurn(startNanos);
      }
      transaction++;
      T result;
      begin(action, keepsSnapshot);
      try {
        isAttended.require();
        mayCommit.require();
        journal.begun();
        result = work.run();
      } catch (SQLException e) {
        rollBack(e);
        throw new StoreException(action, file, e);
      } catch (RuntimeException | Error e) {
        rollBack(e);
        throw e;
      }
      if (result == null) {
        rollBackUnchanged(action);
        return null;
      }
      commit(action, keepsSnapshot);
      commits.increment();
      latencies.record(startNanos, System.nanoTime());
      if (event != null) {
        event.finished(file, action, durability);
      }
      afterCommit.accept(result);
      moveSnapshotOn();
      keepLogShort();
      return result;
    } finally {
      release();
    }
  }

  private void begin(String action, boolean keepsSnapshot) {
    try {
      if (keepsSnapshot && snapshot.isLatest() && beginsOnSnapshot()) {
        return;
      }
      snapshot.letGo();
      statement(BEGIN).executeUpdate();
    } catch (SQLException e) {
      discardStatements(e);
      throw new StoreException(action, file, e);
    }
  }

  // SQLite waits for nobody while it has a snapshot: what it waits for might make that an old one.
  private boolean beginsOnSnapshot() throws SQLException {
    try {
      statement(BEGIN).executeUpdate();
      return true;
    } catch (SQLException e) {
      if (codeOf(e) == SQLiteErrorCode.SQLITE_BUSY.code) {
        return false;
      }
      throw e;
    }
  }

  private void commit(String action, boolean keepsSnapshot) {
    try {
      if (keepsSnapshot) {
        snapshot.keep();
      }
      journal.committing();
      statement(COMMIT).executeUpdate();
      journal.committed();
    } catch (SQLException e) {
      journal.failed();
      boolean stillOpen = rollBack(e);
      // While the transaction was still open, or the disk was full before its last frame, nothing
      // was committed. Any other failure may have come after the last frame was written.
      if (stillOpen || codeOf(e) == SQLiteErrorCode.SQLITE_FULL.code) {
        throw new StoreException(action, file, e);
      }
      throw new OutcomeUnknownException(action, file, e);
    }
  }

  // Apart from the commit, which stands.
  private void moveSnapshotOn() {
    try {
      snapshot.committed();
    } catch (SQLException e) {
      discardStatements(e);
      logger.log(Level.DEBUG, () -> "A snapshot of " + file + " could not be let go", e);
    }
  }

  private void discardStatements(Throwable reason) {
    snapshot.forget();
    statements.discard(reason);
  }

  private void keepLogShort() {
    if (checkpointer == null) {
      return;
    }
    try {
      checkpointer.afterCommit();
    } catch (SQLException e) {
      // The commit stands. The log grows until a later checkpoint succeeds.
      logger.log(Level.WARNING, () -> "A checkpoint of " + file + " failed; continuing", e);
    }
  }

  /** Leaves the log to this checkpointer from now on. */
  void checkpointWith(Checkpointer wanted) {
    checkpointer = wanted;
  }

  /** Lets entry writes that follow one another share a snapshot from now on. */
  void keepSnapshotsWith(WalIndex index) {
    snapshot.keepWith(index);
  }

  /** Lets go of a snapshot that nobody used lately. */
  void unpinIdle() {
    if (lock.tryLock()) {
      try {
        snapshot.letGoIfIdle();
      } catch (SQLException e) {
        discardStatements(e);
      } finally {
        release();
      }
    }
  }

  /** Whether nobody writes and no snapshot is held. */
  boolean isIdle() {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      return !snapshot.isKept();
    } finally {
      release();
    }
  }

  /** What is to hold in each transaction: somebody sees to the snapshot that it leaves. */
  void requireAttention(Pragmas.Proof proof) {
    isAttended = proof;
  }

  /** What is to hold once a transaction has the write lock; else it changes nothing. */
  void requireBeforeCommit(Pragmas.Proof proof) {
    mayCommit = proof;
  }

  LatencyFigures latency() {
    return latencies.now();
  }

  /** Threads that wait for the lock; an estimate. */
  int waiting() {
    return lock.getQueueLength() + group.waiting();
  }

  /** Where a transaction notes what it changes. */
  CommitJournal journal() {
    return journal;
  }

  LockWait lockWait() {
    return lockWait;
  }

  private static int codeOf(SQLException e) {
    return e instanceof SQLiteException sqlite
        ? sqlite.getResultCode().code & 0xff
        : e.getErrorCode();
  }

  private void rollBackUnchanged(String action) {
    try {
      statement(ROLLBACK).executeUpdate();
    } catch (SQLException e) {
      throw new StoreException(action, file, e);
    }
  }

  // False if SQLite had rolled back by itself, as it does on a full disk.
  private boolean rollBack(Throwable reason) {
    try {
      statement(ROLLBACK).executeUpdate();
      return true;
    } catch (SQLException e) {
      reason.addSuppressed(e);
      return false;
    } finally {
      discardStatements(reason);
    }
  }

  /** Runs something on the connection outside a transaction, such as a checkpoint. */
  <T> @Nullable T outsideTransaction(String action, Work<T> work) {
    lock.lock();
    try {
      requireOpen();
      snapshot.letGo();
      return work.run();
    } catch (SQLException e) {
      throw new StoreException(action, file, e);
    } finally {
      release();
    }
  }

  /** Raises what commits survive; never lowers it, as another user of the file may count on it. */
  void requireDurability(Durability wanted) {
    outsideTransaction("set the durability", () -> {
      if (wanted.compareTo(durability) > 0) {
        Pragmas.run(connection, "PRAGMA synchronous = " + wanted.synchronous());
        durability = wanted;
      }
      return durability;
    });
  }

  SQLiteConnection connection() {
    return connection;
  }

  /** The number of the transaction under way; read in transactions only. */
  long transaction() {
    return transaction;
  }

  /** For tests that want callers to wait together. */
  GroupCommit group() {
    return group;
  }

  long commits() {
    return commits.sum();
  }

  long busyRetries() {
    return busyRetries.sum();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The cache file " + file + " is closed");
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      connection.close();
    } catch (SQLException e) {
      throw new StoreException("close the writer", file, e);
    } finally {
      release();
    }
  }
}
