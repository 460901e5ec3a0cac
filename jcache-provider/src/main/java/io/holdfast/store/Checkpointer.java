package io.holdfast.store;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * Keeps the log short. SQLite's own automatic checkpoint never empties the log while some reader is
 * on it, and pinned readers always are: so it moves most pages while they read (PASSIVE), then lets
 * go of all pins of this process and starts the log anew (RESTART).
 */
final class Checkpointer {
  /** 40 MB of log. */
  static final long DUE_FRAMES = 10_000;

  private static final int FOREIGN_READER_PATIENCE_MILLIS = 50;

  private final SQLiteConnection connection;
  private final Readers readers;
  private final LockWait lockWait;
  private final @Nullable WalIndex walIndex;
  private final LongAdder checkpoints = new LongAdder();
  private long dueAtFrames = DUE_FRAMES;

  Checkpointer(
      SQLiteConnection connection,
      Readers readers,
      LockWait lockWait,
      @Nullable WalIndex walIndex) {
    this.connection = connection;
    this.readers = readers;
    this.lockWait = lockWait;
    this.walIndex = walIndex;
  }

  /** Called after each commit, under the writer's lock. */
  void afterCommit() throws SQLException {
    if (walIndex == null) {
      return;
    }
    long frames = walIndex.frames();
    if (frames < DUE_FRAMES) {
      dueAtFrames = DUE_FRAMES;
    } else if (frames >= dueAtFrames) {
      // A reader of another process may hold the log; then the next try comes after as much again.
      dueAtFrames = frames + DUE_FRAMES;
      run("PASSIVE");
      restart("RESTART");
    }
  }

  /** Moves everything into the file, under the writer's lock. */
  void now() throws SQLException {
    restart("TRUNCATE");
  }

  private void restart(String mode) throws SQLException {
    readers.withoutPins(() -> {
      lockWait.setPatienceMillis(FOREIGN_READER_PATIENCE_MILLIS);
      try {
        run(mode);
      } finally {
        lockWait.setPatienceMillis(Pragmas.LOCK_PATIENCE_MILLIS);
      }
    });
  }

  // A busy log is no failure: what was moved was moved.
  private void run(String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      if (row.next() && row.getLong(3) > 0) {
        checkpoints.increment();
      }
    }
  }

  long checkpoints() {
    return checkpoints.sum();
  }
}
