package io.holdfast.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes room by approximate LRU: of 64 neighbouring rows, which are a random sample because row ids
 * are hashes, the 8 that were not used for longest go. No index on the access time has to be kept.
 */
final class Eviction {
  private static final int SAMPLE_ROWS = 64;
  private static final int VICTIMS_PER_SAMPLE = 8;
  private static final long MOST_EXTRA_ROWS = 100;

  private final EntryWriter rows;
  private final AccessBuffer accesses;

  Eviction(EntryWriter rows, AccessBuffer accesses) {
    this.rows = rows;
    this.accesses = accesses;
  }

  /**
   * Evicts until both limits hold, and a little more so that the next writes need not evict again.
   *
   * @param spared rows that were just written; they go only when nothing else is left
   */
  List<StoredEntry> evict(Tally.Totals totals, long maxEntries, long maxBytes, Set<Long> spared)
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
    Tally.Totals left = evictSampled(totals, goal, spared, evicted);
    if (left.entries() > maxEntries || left.payloadBytes() > maxBytes) {
      evictSampled(left, new Goal(maxEntries, maxBytes), Set.of(), evicted);
    }
    return evicted;
  }

  private record Goal(long entries, long payloadBytes) {
    boolean isMetBy(Tally.Totals totals) {
      return totals.entries() <= entries && totals.payloadBytes() <= payloadBytes;
    }
  }

  private Tally.Totals evictSampled(
      Tally.Totals before, Goal goal, Set<Long> spared, List<StoredEntry> evicted)
      throws SQLException {
    Tally.Totals left = before;
    boolean fromTheStart = false;
    while (!goal.isMetBy(left)) {
      long fromRowId = fromTheStart ? 0 : ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
      int evictedBefore = evicted.size();
      List<EntryWriter.Candidate> sample = sample(fromRowId, spared);
      for (EntryWriter.Candidate victim :
          sample.subList(0, Math.min(VICTIMS_PER_SAMPLE, sample.size()))) {
        if (goal.isMetBy(left)) {
          break;
        }
        StoredEntry entry = rows.take(victim.rowId());
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

  // A window at the end of the table goes on at its beginning. As many rows more as may be spared.
  private List<EntryWriter.Candidate> sample(long fromRowId, Set<Long> spared) throws SQLException {
    int wanted = SAMPLE_ROWS + spared.size();
    var candidates = new ArrayList<>(rows.sample(fromRowId, wanted));
    if (candidates.size() < wanted && fromRowId > 0) {
      for (EntryWriter.Candidate candidate : rows.sample(0, wanted - candidates.size())) {
        if (candidate.rowId() < fromRowId) {
          candidates.add(candidate);
        }
      }
    }
    candidates.removeIf(candidate -> spared.contains(candidate.rowId()));
    candidates.sort(Comparator.comparingLong(this::lastAccessAtMillis));
    return candidates;
  }

  private long lastAccessAtMillis(EntryWriter.Candidate candidate) {
    return accesses.lastAccessAtMillis(candidate.rowId(), candidate.lastAccessAtMillis());
  }
}
