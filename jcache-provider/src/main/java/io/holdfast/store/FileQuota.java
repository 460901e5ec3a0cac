package io.holdfast.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a file within its {@link FileLimits}: before a write makes room for its bytes, after it takes
 * back what is too many. Draws its samples from all caches of the file, open or not, each as often as
 * its share is large, and evicts what is worth least among them.
 *
 * <p>A deleted row leaves a gap in its page, which later rows fill; only a page that empties is free for
 * other tables. So while the file is at its limit, what was evicted counts as room for as much again;
 * and where the file exceeds its limit all the same, whole runs of neighbours go, whose pages empty.
 */
final class FileQuota {
  private static final int DRAWS = 4;
  private static final int SAMPLE_ROWS = 16;
  private static final int VICTIMS = 8;
  private static final int RUNS = 4;
  private static final int RUN_ROWS = 128;

  // The wait of one writer stays short: whoever comes next goes on.
  private static final int MOST_VICTIMS = 512;

  // What a row needs beside its payload: its header, its access and its place in the index.
  private static final long ROW_BYTES = 48;

  // Gaps are counted on up to a fiftieth above the limit.
  private static final long TOLERANCE = 50;

  private final Writer writer;
  private final Source caches;
  private final LongSupplier pageCount;
  private volatile FileLimits limits;

  // Written under the writer's lock. What other processes add is seen at the next round.
  private volatile long gapBytes;
  private volatile long entriesSeen = Long.MAX_VALUE;

  /** The caches of the file as they are inside the transaction. */
  @FunctionalInterface
  interface Source {
    List<CacheShare> read() throws SQLException;
  }

  /**
   * A quota.
   *
   * @param pageCount pages of the file, free ones too, or -1 if unknown; asked before each write
   */
  FileQuota(Writer writer, Source caches, LongSupplier pageCount, FileLimits limits) {
    this.writer = writer;
    this.caches = caches;
    this.pageCount = pageCount;
    this.limits = limits;
  }

  /** The lower limits of all who have the file open hold. */
  void require(FileLimits wanted) {
    limits = limits.and(wanted);
  }

  FileLimits limits() {
    return limits;
  }

  boolean isUnlimited() {
    return limits.isUnlimited();
  }

  /** What is to be told to whom, after the transaction. */
  private record Evicted(CacheShare cache, List<StoredEntry> entries) {}

  /** Makes room for what these changes may add; tells the caches what went for it. */
  void makeRoomFor(List<? extends Change> changes) {
    if (isUnlimited()) {
      return;
    }
    long bytesToCome = 0;
    for (Change change : changes) {
      if (change instanceof Change.Put put) {
        bytesToCome += ROW_BYTES
            + Columns.payloadBytes(put.key().column())
            + Columns.payloadBytes(put.value());
      }
    }
    if (bytesToCome > 0) {
      makeRoom(bytesToCome);
    }
  }

  /** Takes back what is too many, after a write. */
  void settle() {
    if (entriesSeen > limits.maxEntries()) {
      makeRoom(0);
    }
  }

  private void makeRoom(long bytesToCome) {
    if (!isRoomFor(bytesToCome)) {
      evictFor(bytesToCome).forEach(each -> each.cache().report(each.entries()));
    }
  }

  // In nanoseconds, without a transaction.
  private boolean isRoomFor(long bytesToCome) {
    FileLimits wanted = limits;
    if (wanted.maxEntries() != Long.MAX_VALUE && entriesSeen > wanted.maxEntries()) {
      return false;
    }
    if (wanted.maxBytes() == Long.MAX_VALUE) {
      return true;
    }
    long pages = pageCount.getAsLong();
    long overBytes = pages * Pragmas.PAGE_BYTES + bytesToCome - wanted.maxBytes();
    boolean fitsInGaps = gapBytes >= bytesToCome && overBytes <= wanted.maxBytes() / TOLERANCE;
    return pages >= 0 && (overBytes <= 0 || fitsInGaps);
  }

  private List<Evicted> evictFor(long bytesToCome) {
    List<Evicted> evicted = writer.transact(
        "keep the limits of the file",
        () -> {
          var round = new Round(caches.read());
          round.run(bytesToCome);
          return round.finish();
        },
        done -> done.forEach(each -> each.cache().committed(each.entries())));
    return evicted == null ? List.of() : evicted;
  }

  /** A write has made the caches of the file larger by so much, or smaller; under the writer's lock. */
  void grown(long entries, long payloadBytes) {
    gapBytes = Math.max(0, gapBytes - payloadBytes - entries * ROW_BYTES);
    long seen = entriesSeen;
    entriesSeen = seen == Long.MAX_VALUE ? seen : seen + entries;
  }

  /** One transaction's evictions. */
  private final class Round {
    private final List<CacheShare> shares;
    private int victims;
    private long victimBytes;

    Round(List<CacheShare> shares) {
      this.shares = shares;
    }

    void run(long bytesToCome) throws SQLException {
      thinOut();
      entriesSeen = entries();
      long over = usedBytes() + bytesToCome - limits.maxBytes();
      if (limits.maxBytes() == Long.MAX_VALUE || over <= 0) {
        gapBytes = 0;
        return;
      }
      fillGaps(Math.min(over, bytesToCome));
      while (usedBytes() + bytesToCome > limits.maxBytes() + limits.maxBytes() / TOLERANCE
          && victims < MOST_VICTIMS
          && evictRun()) {
        // the next run
      }
    }

    // A little more than must be, so that the next writes need not evict again.
    private void thinOut() throws SQLException {
      long most = limits.maxEntries();
      long goal = entries() > most ? most - Math.min(most / 50, VICTIMS) : most;
      while (entries() > goal && victims < MOST_VICTIMS && evictColdest()) {
        // the next sample
      }
    }

    private void fillGaps(long wantedBytes) throws SQLException {
      long before = victimBytes;
      // A little more, so that the next writes need not evict again.
      long goal = wantedBytes + Math.min(wantedBytes * 8, limits.maxBytes() / 1_000);
      if (gapBytes >= wantedBytes) {
        return;
      }
      while (gapBytes + victimBytes - before < goal && victims < MOST_VICTIMS && evictColdest()) {
        // the next sample
      }
      long gaps = gapBytes;
      gapBytes = gaps + victimBytes - before;
    }

    private long entries() {
      return shares.stream().mapToLong(share -> share.totals().entries()).sum();
    }

    private long usedBytes() throws SQLException {
      long pages = Pragmas.readLong(writer.connection(), "PRAGMA page_count")
          - Pragmas.readLong(writer.connection(), "PRAGMA freelist_count");
      return pages * Pragmas.PAGE_BYTES;
    }

    /** Of some samples the rows that are worth least. */
    private boolean evictColdest() throws SQLException {
      var sample = new ArrayList<Choice>();
      for (int draw = 0; draw < DRAWS; draw++) {
        CacheShare share = drawByBytes();
        if (share != null) {
          share.sample(SAMPLE_ROWS).forEach(ranked -> sample.add(new Choice(share, ranked)));
        }
      }
      sample.sort(Comparator.comparing(Choice::ranked, Eviction.Ranked.LEAST_WORTH_FIRST));
      return evict(sample.subList(0, Math.min(VICTIMS, sample.size())));
    }

    /** Of some runs of neighbours the one that is worth least, as a whole. */
    private boolean evictRun() throws SQLException {
      List<Choice> cheapest = List.of();
      double cheapestWorth = Double.MAX_VALUE;
      for (int draw = 0; draw < RUNS; draw++) {
        CacheShare share = drawByBytes();
        if (share == null) {
          break;
        }
        List<Choice> run = share.sample(RUN_ROWS).stream()
            .map(ranked -> new Choice(share, ranked))
            .toList();
        double worth =
            run.stream().mapToDouble(each -> each.ranked().worth()).average().orElse(0);
        if (!run.isEmpty() && worth < cheapestWorth) {
          cheapest = run;
          cheapestWorth = worth;
        }
      }
      return evict(cheapest);
    }

    private boolean evict(List<Choice> choices) throws SQLException {
      int before = victims;
      for (Choice choice : choices) {
        StoredEntry entry = choice.share().take(choice.ranked().candidate());
        if (entry != null) {
          victims++;
          victimBytes += choice.ranked().candidate().payloadBytes() + ROW_BYTES;
        }
      }
      return victims > before;
    }

    private @Nullable CacheShare drawByBytes() {
      long all = 0;
      for (CacheShare share : shares) {
        all += share.weight();
      }
      long place = all == 0 ? 0 : ThreadLocalRandom.current().nextLong(all);
      for (CacheShare share : shares) {
        place -= share.weight();
        if (place < 0) {
          return share;
        }
      }
      return null;
    }

    List<Evicted> finish() throws SQLException {
      var evicted = new ArrayList<Evicted>();
      for (CacheShare share : shares) {
        List<StoredEntry> entries = share.finish();
        if (!entries.isEmpty()) {
          evicted.add(new Evicted(share, entries));
        }
      }
      return evicted;
    }
  }

  private record Choice(CacheShare share, Eviction.Ranked ranked) {}
}
