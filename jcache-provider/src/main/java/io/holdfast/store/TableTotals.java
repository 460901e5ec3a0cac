package io.holdfast.store;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much a table holds: as of our last commit, as the file says now, and about so for those who look
 * often, for whom the file is asked once a second at most. Safe from any thread.
 */
final class TableTotals {
  static final long MOST_AGE_MILLIS = 1_000;

  private final CacheAccess access;
  private final Tally tally;
  private final LongSupplier clockMillis;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Commit committed;
  private volatile @Nullable Look last;

  private record Commit(long number, Tally.Totals totals) {}

  /** What the file said, and which commit of ours was the last before that. */
  private record Look(long atMillis, long afterCommit, Tally.Totals inFile) {}

  TableTotals(CacheAccess access, Tally tally, LongSupplier clockMillis, Tally.Totals committed) {
    this.access = access;
    this.tally = tally;
    this.clockMillis = clockMillis;
    this.committed = new Commit(0, committed);
  }

  /** As of the last commit of this process: it may lack what others have written since. */
  Tally.Totals committed() {
    return committed.totals;
  }

  /** To be called by the one thread that writes. */
  void committed(Tally.Totals totals) {
    committed = new Commit(committed.number + 1, totals);
  }

  /** As the file says now, or as last known where it is out of reach. */
  Tally.Totals inFile() {
    try {
      return access.read("read the counters of a cache", tally::read);
    } catch (StoreException | IllegalStateException outOfReach) {
      return committed.totals;
    }
  }

  /** With all of our commits; as far as others write, not older than a second. */
  TableSize recent() {
    Commit ours = committed;
    long nowMillis = clockMillis.getAsLong();
    if (isDue(nowMillis) && asking.tryLock()) {
      try {
        last = new Look(nowMillis, ours.number, inFile());
      } finally {
        asking.unlock();
      }
    }
    // What we committed since is newer than what was read, and has what others had written by then.
    Look look = last;
    Tally.Totals recent =
        look != null && look.afterCommit == ours.number ? look.inFile : ours.totals;
    return new TableSize(recent.entries(), recent.payloadBytes());
  }

  // A clock that was set back would else silence the file for as long.
  private boolean isDue(long nowMillis) {
    Look look = last;
    return look == null
        || nowMillis < look.atMillis
        || nowMillis - look.atMillis >= MOST_AGE_MILLIS;
  }
}
