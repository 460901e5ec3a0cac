package io.holdfast.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the writer's snapshot from one transaction to the next. A transaction on it takes SQLite's write
 * lock alone; one that takes its own snapshot takes and drops two more locks, and each is a call of the
 * system. Used under the writer's lock.
 *
 * <p>A snapshot keeps pages behind it from being moved out of the log, so none grows old, and none is
 * kept once the log is due.
 *
 * @see <a href="https://sqlite.org/walformat.html#wal_locks">The locks of a log</a>
 */
final class WriterSnapshot {
  // Stepped once and left there, so that a commit leaves the snapshot open.
  private static final String PIN = "SELECT 1 FROM sqlite_schema LIMIT 2";

  // 4 MB of log: a thousand transactions share the price of one snapshot.
  private static final long OLDEST_FRAMES = 1_000;

  private final StatementCache statements;
  private @Nullable WalIndex index;
  private @Nullable ResultSet pin;
  private long change;
  private long checksum;
  private long pinnedAtFrames;
  private boolean usedSinceSweep;

  WriterSnapshot(StatementCache statements) {
    this.statements = statements;
  }

  /** Keeps snapshots from now on. */
  void keepWith(WalIndex walIndex) {
    index = walIndex;
  }

  /** Whether one is kept, and nobody else has committed since. */
  boolean isLatest() {
    WalIndex known = index;
    return pin != null && known != null && known.change() == change && known.checksum() == checksum;
  }

  /** Keeps the snapshot of the transaction that is about to commit. */
  void keep() throws SQLException {
    usedSinceSweep = true;
    WalIndex known = index;
    if (pin == null && known != null) {
      pinnedAtFrames = known.frames();
      pin = statements.get(PIN).executeQuery();
    }
  }

  /** The transaction has committed, and what is kept has moved on with it. */
  void committed() throws SQLException {
    WalIndex known = index;
    if (pin == null || known == null) {
      return;
    }
    // If another process commits at this moment these are its words; then SQLite itself finds the
    // snapshot old when the next transaction begins.
    change = known.change();
    checksum = known.checksum();
    long frames = known.frames();
    if (frames >= Checkpointer.DUE_FRAMES
        || frames < pinnedAtFrames
        || frames - pinnedAtFrames >= OLDEST_FRAMES) {
      letGo();
    }
  }

  void letGo() throws SQLException {
    if (pin != null) {
      pin.close();
      pin = null;
    }
  }

  /** Lets go if no transaction came since the last sweep. */
  void letGoIfIdle() throws SQLException {
    if (!usedSinceSweep) {
      letGo();
    }
    usedSinceSweep = false;
  }

  /** All statements are closed. */
  void forget() {
    pin = null;
  }
}
