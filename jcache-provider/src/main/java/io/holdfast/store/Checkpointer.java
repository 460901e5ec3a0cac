package io.holdfast.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * Keeps the log short. SQLite's own automatic checkpoint never empties the log while some reader is
 * on it, and pinned readers always are.
 *
 * <p>So a connection of its own moves pages into the file in the background, beside writers and
 * readers. When the log is due, the writer that finds it so moves the little that is left, lets go of
 * all pins of this process for a moment, and starts the log anew. While a reader of another process is
 * on the log, it grows, and nobody here waits for that reader.
 */
final class Checkpointer implements AutoCloseable {
  /** 40 MB of log. */
  static final long DUE_FRAMES = 10_000;

  /**
   * 32 MB: so much is moved in the background. The later that begins, the more of what is in the log
   * was overwritten there and need not be moved; the rest, up to where the log is due, is the writer's.
   */
  private static final long AHEAD_FRAMES = 8_000;

  /** 16 MB: the writer comes back after so much, where a move is under way when the log is due. */
  private static final long PUT_OFF_FRAMES = 4_000;

  /** 60 MB: here the writer waits for a move that is under way. */
  private static final long LATE_FRAMES = 15_000;

  // Starting anew leaves the log as long as it was; beyond this it is cut.
  private static final long LONGEST_LOG_BYTES = 64L << 20;

  // Readers of this process stand still for so long when another process holds the log.
  private static final int PATIENCE_MILLIS = 2;
  private static final int CLOSING_PATIENCE_MILLIS = 50;

  // Idle readers of other processes let go of an old snapshot in a fifth of a second.
  private static final int SAVING_PATIENCE_MILLIS = 500;

  private final SQLiteConnection writing;
  private final ConnectionSource source;
  private final Readers readers;
  private final LockWait lockWait;
  private final @Nullable WalIndex walIndex;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final LongAdder checkpoints = new LongAdder();
  // Opened when there is something to move; guarded by oneAtATime.
  private @Nullable SQLiteConnection moving;
  private final AtomicBoolean isWoken = new AtomicBoolean();
  private volatile Runnable wake = () -> {};
  private volatile long movedFrames;
  private long dueAtFrames = DUE_FRAMES;
  private long framesAtLastLook;

  /**
   * A checkpointer that opens a connection of its own when it needs one, and closes it.
   *
   * @param writing the writer's connection, used under the writer's lock
   */
  Checkpointer(
      SQLiteConnection writing,
      ConnectionSource source,
      Readers readers,
      LockWait lockWait,
      @Nullable WalIndex walIndex) {
    this.writing = writing;
    this.source = source;
    this.readers = readers;
    this.lockWait = lockWait;
    this.walIndex = walIndex;
  }

  /** How to have {@link #moveAhead} called soon, by a thread that nobody waits for. */
  void wakeWith(Runnable call) {
    wake = call;
  }

  /** Called after each commit, under the writer's lock. */
  void afterCommit() throws SQLException {
    if (walIndex == null) {
      return;
    }
    long frames = walIndex.frames();
    if (frames < movedFrames) {
      movedFrames = 0;
    }
    if (frames < DUE_FRAMES) {
      dueAtFrames = DUE_FRAMES;
      if (frames - movedFrames >= AHEAD_FRAMES && isWoken.compareAndSet(false, true)) {
        wake.run();
      }
    } else if (frames >= dueAtFrames) {
      startAnewOrPutOff(frames);
    }
  }

  private void startAnewOrPutOff(long frames) throws SQLException {
    if (frames >= LATE_FRAMES) {
      oneAtATime.lock();
    } else if (!oneAtATime.tryLock()) {
      dueAtFrames = frames + PUT_OFF_FRAMES;
      return;
    }
    try {
      // A reader of another process may hold the log; then the next try comes after as much again.
      dueAtFrames = startAnew() ? DUE_FRAMES : frames + DUE_FRAMES;
    } finally {
      oneAtATime.unlock();
    }
  }

  // Pins are let go first, each for itself, as an old one would keep pages from being moved; then
  // all at once, only for the moment of the start.
  private boolean startAnew() throws SQLException {
    source.requireLog();
    readers.unpinEach();
    if (!run(writing, "PASSIVE").isComplete()) {
      return false;
    }
    return empty(logBytes() > LONGEST_LOG_BYTES ? "TRUNCATE" : "RESTART", PATIENCE_MILLIS);
  }

  private boolean empty(String mode, int patienceMillis) throws SQLException {
    boolean[] emptied = new boolean[1];
    readers.withoutPins(() -> {
      lockWait.setPatienceMillis(patienceMillis);
      try {
        emptied[0] = !run(writing, mode).isBusy();
      } finally {
        lockWait.setPatienceMillis(Pragmas.LOCK_PATIENCE_MILLIS);
      }
    });
    return emptied[0];
  }

  /** Moves pages while others write and read; in the background. */
  void moveAhead() {
    isWoken.set(false);
    // A log that was removed is left to whoever saves it.
    if (!source.isInPlace() || !oneAtATime.tryLock()) {
      return;
    }
    try {
      movedFrames = run(moving(), "PASSIVE").moved();
    } catch (SQLException e) {
      throw new StoreException("checkpoint", source.file(), e);
    } finally {
      oneAtATime.unlock();
    }
  }

  private SQLiteConnection moving() throws SQLException {
    if (moving == null) {
      moving = source.openCheckpointing();
    }
    return moving;
  }

  /**
   * A look from time to time: what nobody writes to is moved to its end; a log that another process
   * held is emptied once it is let go.
   */
  void look(Writer writer) {
    if (walIndex == null) {
      return;
    }
    long frames = walIndex.frames();
    if (frames >= DUE_FRAMES) {
      writer.outsideTransaction("checkpoint", () -> {
        startAnewOrPutOff(walIndex.frames());
        return true;
      });
    } else if (frames > 0 && frames == framesAtLastLook && movedFrames != frames) {
      moveAhead();
    }
    framesAtLastLook = frames;
  }

  /** Moves everything into the file, under the writer's lock. */
  void now() throws SQLException {
    oneAtATime.lock();
    try {
      source.requireLog();
      empty("TRUNCATE", CLOSING_PATIENCE_MILLIS);
    } finally {
      oneAtATime.unlock();
    }
  }

  /**
   * Moves everything from a log that was removed; then the log and its index are empty.
   *
   * @return false if a reader, such as one of another program, kept the log for half a second
   */
  boolean saveRemovedLog() throws SQLException {
    oneAtATime.lock();
    try {
      return empty("TRUNCATE", SAVING_PATIENCE_MILLIS);
    } finally {
      oneAtATime.unlock();
    }
  }

  /** What a checkpoint left. */
  private record Progress(boolean isBusy, long frames, long moved) {
    boolean isComplete() {
      return !isBusy && moved == frames;
    }
  }

  // A busy log is no failure: what was moved was moved.
  private Progress run(SQLiteConnection connection, String mode) throws SQLException {
    if (!FlightRecording.mayBeOn()) {
      return move(connection, mode);
    }
    var event = new CheckpointEvent();
    event.begin();
    Progress progress = move(connection, mode);
    event.finished(log(), mode, progress.isBusy(), progress.frames(), progress.moved());
    return progress;
  }

  private Progress move(SQLiteConnection connection, String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      if (!row.next()) {
        return new Progress(true, 0, 0);
      }
      if (row.getLong(3) > 0) {
        checkpoints.increment();
      }
      return new Progress(row.getLong(1) != 0, row.getLong(2), row.getLong(3));
    }
  }

  private Path log() {
    return FileSizes.logOf(source.file());
  }

  private long logBytes() {
    try {
      return Files.size(log());
    } catch (IOException vanished) {
      return 0;
    }
  }

  long checkpoints() {
    return checkpoints.sum();
  }

  @Override
  public void close() throws SQLException {
    oneAtATime.lock();
    try {
      if (moving != null) {
        moving.close();
      }
    } finally {
      oneAtATime.unlock();
    }
  }
}
