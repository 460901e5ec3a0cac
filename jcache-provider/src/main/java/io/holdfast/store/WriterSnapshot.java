package io.holdfast.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the writer's snapshot from one transaction to the next. A transaction on it takes SQLite's write
 * lock alone; one that takes its own snapshot takes and drops two more locks, and each is a call of the
 * system. Used under the writer's lock.
 *
 * <p>A snapshot keeps pages behind it from being moved out of the log, so none grows old, and none is
 * kept once the log is due.
 */
final class WriterSnapshot {
  // 4 MB of log: a thousand transactions share the price of one snapshot.
  private static final long OLDEST_FRAMES = 1_000;

  private final Pin pin;
  private @Nullable WalIndex index;
  private long pinnedAtFrames;

  WriterSnapshot(StatementCache statements) {
    this.pin = new Pin(statements);
  }

  /** Keeps snapshots from now on. */
  void keepWith(WalIndex walIndex) {
    index = walIndex;
  }

  /** Whether one is kept, and nobody else has committed since. */
  boolean isLatest() {
    WalIndex known = index;
    return known != null && pin.isAt(known.change(), known.checksum());
  }

  boolean isKept() {
    return pin.isKept();
  }

  /** Keeps the snapshot of the transaction that is about to commit. */
  void keep() throws SQLException {
    pin.use();
    WalIndex known = index;
    if (known != null && !pin.isKept()) {
      pinnedAtFrames = known.frames();
      pin.take();
    }
  }

  /** The transaction has committed, and what is kept has moved on with it. */
  void committed() throws SQLException {
    WalIndex known = index;
    if (known == null || !pin.isKept()) {
      return;
    }
    // If another process commits at this moment these are its words; then SQLite itself finds the
    // snapshot old when the next transaction begins.
    pin.at(LogPosition.of(known));
    long frames = known.frames();
    if (frames >= Checkpointer.DUE_FRAMES
        || frames < pinnedAtFrames
        || frames - pinnedAtFrames >= OLDEST_FRAMES) {
      letGo();
    }
  }

  void letGo() throws SQLException {
    pin.letGo();
  }

  /** Lets go if no transaction came since the last sweep. */
  void letGoIfIdle() throws SQLException {
    pin.letGoIfIdle();
  }

  /** All statements are closed. */
  void forget() {
    pin.forget();
  }
}
