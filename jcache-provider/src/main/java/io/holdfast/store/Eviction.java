package io.holdfast.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes room: of 64 neighbouring rows, which are a random sample because row ids are hashes, the 8 go
 * that are worth least ({@link #worth}). No index on the access time has to be kept.
 */
final class Eviction {
  private static final int SAMPLE_ROWS = 64;
  private static final int VICTIMS_PER_SAMPLE = 8;
  private static final long MOST_EXTRA_ROWS = 100;
  private static final double NEVER_READ = 0.5;
  private static final double LN_2 = Math.log(2);

  private final EntryWriter rows;
  private final AccessBuffer accesses;
  private volatile LongPredicate heldAbove = rowId -> false;

  Eviction(EntryWriter rows, AccessBuffer accesses) {
    this.rows = rows;
    this.accesses = accesses;
  }

  void spare(LongPredicate rowIds) {
    heldAbove = rowIds;
  }

  /**
   * What a row is worth: the longer it was not used, the less; hits count by their logarithm. So a row
   * that was read 2^n times may be idle 2n + 1 times as long as one that was written and never read,
   * which is what a scan leaves behind. Because idle time divides, old fame fades by itself.
   */
  static double worth(long idleMillis, long hits) {
    return (NEVER_READ + Math.log(1.0 + hits) / LN_2) / (1.0 + Math.max(0, idleMillis));
  }

  /**
   * Evicts until both limits hold, and a little more so that the next writes need not evict again.
   *
   * @param spared rows that were just written; they go only when nothing else is left
   */
  List<StoredEntry> evict(
      Tally.Totals totals, long maxEntries, long maxBytes, Set<Long> spared, long nowMillis)
      throws SQLException {
    if (totals.entries() <= maxEntries && totals.payloadBytes() <= maxBytes) {
      return List.of();
    }
    // A fiftieth of the limit at most: small caches keep exactly what was asked for.
    Goal goal = new Goal(
        totals.entries() > maxEntries
            ? maxEntries - Math.min(maxEntries / 50, MOST_EXTRA_ROWS)
            : maxEntries,
        totals.payloadBytes() > maxBytes ? maxBytes - maxBytes / 50 : maxBytes);
    var evicted = new ArrayList<StoredEntry>();
    Tally.Totals left = evictSampled(totals, goal, spared, nowMillis, evicted);
    if (left.entries() > maxEntries || left.payloadBytes() > maxBytes) {
      evictSampled(left, new Goal(maxEntries, maxBytes), Set.of(), nowMillis, evicted);
    }
    return evicted;
  }

  private record Goal(long entries, long payloadBytes) {
    boolean isMetBy(Tally.Totals totals) {
      return totals.entries() <= entries && totals.payloadBytes() <= payloadBytes;
    }
  }

  private Tally.Totals evictSampled(
      Tally.Totals before, Goal goal, Set<Long> spared, long nowMillis, List<StoredEntry> evicted)
      throws SQLException {
    Tally.Totals left = before;
    boolean fromTheStart = false;
    while (!goal.isMetBy(left)) {
      long fromRowId = fromTheStart ? 0 : ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
      int evictedBefore = evicted.size();
      List<EntryWriter.Candidate> sample = sample(fromRowId, spared, nowMillis);
      for (EntryWriter.Candidate victim :
          sample.subList(0, Math.min(VICTIMS_PER_SAMPLE, sample.size()))) {
        if (goal.isMetBy(left)) {
          break;
        }
        StoredEntry entry = take(victim);
        if (entry != null) {
          evicted.add(entry);
          left = new Tally.Totals(left.entries() - 1, left.payloadBytes() - victim.payloadBytes());
        }
      }
      if (evicted.size() == evictedBefore) {
        if (fromTheStart) {
          return left;
        }
        fromTheStart = true;
      }
    }
    return left;
  }

  @Nullable
  StoredEntry take(EntryWriter.Candidate victim) throws SQLException {
    return rows.take(victim.rowId());
  }

  Tally.Totals takeOversized(long maxBytes) throws SQLException {
    return rows.deleteOversized(maxBytes);
  }

  // As many rows more as may be spared.
  private List<EntryWriter.Candidate> sample(long fromRowId, Set<Long> spared, long nowMillis)
      throws SQLException {
    return sample(fromRowId, SAMPLE_ROWS + spared.size(), nowMillis).stream()
        .map(Ranked::candidate)
        .filter(candidate -> !spared.contains(candidate.rowId()))
        .toList();
  }

  /**
   * Neighbouring rows, worth least first. A window at the end of the table goes on at its beginning.
   *
   * @param fromRowId where the window begins; any place will do
   */
  List<Ranked> sample(long fromRowId, int wanted, long nowMillis) throws SQLException {
    var candidates = new ArrayList<>(rows.sample(fromRowId, wanted));
    if (candidates.size() < wanted && fromRowId > 0) {
      for (EntryWriter.Candidate candidate : rows.sample(0, wanted - candidates.size())) {
        if (candidate.rowId() < fromRowId) {
          candidates.add(candidate);
        }
      }
    }
    // Worth is computed once per row: accesses go on meanwhile, and a sort must not see them move.
    return candidates.stream()
        .map(candidate -> ranked(candidate, nowMillis))
        .sorted(Ranked.LEAST_WORTH_FIRST)
        .toList();
  }

  /** A row and what it is worth now. */
  record Ranked(EntryWriter.Candidate candidate, boolean isHeld, double worth) {
    static final Comparator<Ranked> LEAST_WORTH_FIRST =
        Comparator.comparing(Ranked::isHeld).thenComparingDouble(Ranked::worth);
  }

  private Ranked ranked(EntryWriter.Candidate candidate, long nowMillis) {
    long rowId = candidate.rowId();
    long lastAccessAtMillis = accesses.lastAccessAtMillis(rowId, candidate.lastAccessAtMillis());
    long hits = accesses.hits(rowId, candidate.hits());
    return new Ranked(
        candidate, heldAbove.test(rowId), worth(nowMillis - lastAccessAtMillis, hits));
  }
}
