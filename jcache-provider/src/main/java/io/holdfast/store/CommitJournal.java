package io.holdfast.store;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * Notes what a transaction changes, and tells the other processes with its commit. Used under the
 * writer's lock, apart from {@link #commits}, {@link #isLatestOwn} and {@link #isUnderWay}.
 */
final class CommitJournal {
  private final SQLiteConnection connection;
  private final long owner = ThreadLocalRandom.current().nextLong();
  private @Nullable IntSupplier committed;
  private @Nullable ChangeRing ring;
  private @Nullable LogMark mark;
  private long[] cells = new long[16];
  private int cellCount;
  private boolean isLong;
  private boolean wroteNoRow;
  private long rowsChangedBefore;
  private boolean isPublished;
  private int number;
  private int commitsAfter;
  private volatile int commits;
  private volatile long underWay = -1;
  private volatile long latest = -1;

  CommitJournal(SQLiteConnection connection) {
    this.connection = connection;
  }

  /**
   * Tells others from now on.
   *
   * @param commitsInIndex how many commits the log index has counted
   */
  void publishTo(IntSupplier commitsInIndex, ChangeRing openRing) {
    committed = commitsInIndex;
    ring = openRing;
  }

  /** Has each log marked from now on. */
  void markWith(LogMark wanted) {
    mark = wanted;
  }

  /** Who this is, among all who have the file open. */
  long owner() {
    return owner;
  }

  /** How many commits of this process changed the file; never more than the log index has counted. */
  int commits() {
    return commits;
  }

  /** Whether this process is inside the COMMIT that will have this number. */
  boolean isUnderWay(int commitNumber) {
    return underWay == (commitNumber & 0xffff_ffffL);
  }

  /** Whether the commit of this number is one of this process, the latest that it knows of. */
  boolean isLatestOwn(int commitNumber) {
    return latest == (commitNumber & 0xffff_ffffL);
  }

  /** A row was written, deleted, or given another expiry. */
  void row(long cacheId, long rowId) {
    if (isLong) {
      note(cacheId, ChangeRing.ALL_ROWS);
    } else if (cellCount < ChangeRing.MOST_ROWS) {
      add(cacheId, rowId);
    } else {
      nameCachesOnly();
      note(cacheId, ChangeRing.ALL_ROWS);
    }
  }

  /** Any row of a cache may have changed. */
  void wholeCache(long cacheId) {
    note(cacheId, ChangeRing.ALL_ROWS);
  }

  /** Pages were written, though no row was. */
  void wroteNoRow() {
    wroteNoRow = true;
  }

  private void nameCachesOnly() {
    isLong = true;
    long[] rows = Arrays.copyOf(cells, 2 * cellCount);
    cellCount = 0;
    for (int i = 0; i < rows.length; i += 2) {
      note(rows[i], ChangeRing.ALL_ROWS);
    }
  }

  private void note(long cacheId, long rowId) {
    for (int i = 0; i < cellCount; i++) {
      if (cells[2 * i] == cacheId && cells[2 * i + 1] == rowId) {
        return;
      }
    }
    add(cacheId, rowId);
  }

  private void add(long cacheId, long rowId) {
    if (2 * cellCount == cells.length) {
      cells = Arrays.copyOf(cells, 2 * cells.length);
    }
    cells[2 * cellCount] = cacheId;
    cells[2 * cellCount + 1] = rowId;
    cellCount++;
  }

  /** The transaction has the write lock. */
  void begun() throws SQLException {
    forget();
    if (committed != null) {
      rowsChangedBefore = connection.getDatabase().total_changes();
    }
    LogMark marking = mark;
    if (marking != null) {
      marking.begun();
    }
  }

  /** COMMIT comes next. */
  void committing() throws SQLException {
    IntSupplier inIndex = committed;
    ChangeRing openRing = ring;
    // A transaction that changed no row writes no page and gets no number.
    if (inIndex == null
        || openRing == null
        || (!wroteNoRow && connection.getDatabase().total_changes() == rowsChangedBefore)) {
      return;
    }
    number = inIndex.getAsInt() + 1;
    isPublished = true;
    underWay = number & 0xffff_ffffL;
    commitsAfter = commits + 1;
    openRing.publish(number, owner, commitsAfter, cells, cellCount);
  }

  /** COMMIT has returned. */
  void committed() {
    if (mark != null) {
      mark.committed();
    }
    // Compared as a check only: a number that was not taken would make a
    // foreign commit look like ours.
    if (isPublished && ring != null && committed != null && committed.getAsInt() - number >= 0) {
      ring.seal(number);
      commits = commitsAfter;
      latest = number & 0xffff_ffffL;
    }
    forget();
  }

  /** COMMIT has failed. Should it have happened all the same, it stays unconfirmed. */
  void failed() {
    forget();
  }

  private void forget() {
    underWay = -1;
    isPublished = false;
    cellCount = 0;
    isLong = false;
    wroteNoRow = false;
    if (cells.length > 2 * ChangeRing.MOST_ROWS) {
      cells = new long[16];
    }
  }
}
