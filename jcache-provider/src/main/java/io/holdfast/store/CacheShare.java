package io.holdfast.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One cache's part in a round of {@link FileQuota}: its size, its rows, and whom to tell of what went. */
final class CacheShare {
  private final Eviction eviction;
  private final Tally tally;
  private final @Nullable SqliteEntryTable open;
  private final Tally.Totals before;
  private final long nowMillis;
  private final List<StoredEntry> taken = new ArrayList<>();
  private long takenBytes;
  private Tally.Totals after;

  /**
   * A cache as it is in this transaction.
   *
   * @param open the table, if this process has it open
   */
  CacheShare(
      Eviction eviction,
      Tally tally,
      @Nullable SqliteEntryTable open,
      Tally.Totals before,
      long nowMillis) {
    this.eviction = eviction;
    this.tally = tally;
    this.open = open;
    this.before = before;
    this.after = before;
    this.nowMillis = nowMillis;
  }

  /** What is left. */
  Tally.Totals totals() {
    return new Tally.Totals(before.entries() - taken.size(), before.payloadBytes() - takenBytes);
  }

  /** How often to draw from it; also an empty value takes room. */
  long weight() {
    Tally.Totals left = totals();
    return left.entries() <= 0 ? 0 : Math.max(1, left.payloadBytes());
  }

  List<Eviction.Ranked> sample(int rows) throws SQLException {
    return eviction.sample(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), rows, nowMillis);
  }

  @Nullable
  StoredEntry take(EntryWriter.Candidate victim) throws SQLException {
    StoredEntry entry = eviction.take(victim);
    if (entry != null) {
      taken.add(entry);
      takenBytes += victim.payloadBytes();
    }
    return entry;
  }

  /** Deletes entries that are larger, and counts them; how many there were. */
  int deleteOversized(long maxBytes) throws SQLException {
    Tally.Totals gone = eviction.takeOversized(maxBytes);
    if (gone.entries() > 0) {
      after = tally.add(before, -gone.entries(), -gone.payloadBytes(), nowMillis);
    }
    return Math.toIntExact(gone.entries());
  }

  /** Counts what went, in the transaction. */
  List<StoredEntry> finish() throws SQLException {
    if (!taken.isEmpty()) {
      after = tally.add(before, -taken.size(), -takenBytes, nowMillis);
    }
    return taken;
  }

  /** Under the writer's lock, after the commit. */
  void committed(List<StoredEntry> entries) {
    if (open != null) {
      open.tookAway(entries, after);
    }
  }

  /** Tells the layer above, after the transaction. */
  void report(List<StoredEntry> entries) {
    if (open != null) {
      open.reportEvicted(entries);
    }
  }
}
