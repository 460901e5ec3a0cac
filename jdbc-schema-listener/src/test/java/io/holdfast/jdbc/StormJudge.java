package io.holdfast.jdbc;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Knows when each version of a table was committed, and finds answers that are older than what had
 * been committed before the look-up that returned them.
 */
final class StormJudge {

  private static final int KEPT = 20;

  private final long outsideBoundNanos;
  private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
  final LongAdder lookUps = new LongAdder();
  final LongAdder hits = new LongAdder();
  final LongAdder computed = new LongAdder();
  final LongAdder withoutKey = new LongAdder();
  final LongAdder commits = new LongAdder();
  final LongAdder outsideCommits = new LongAdder();
  final LongAdder rollbacks = new LongAdder();
  final LongAdder violationCount = new LongAdder();

  /** The commits of one table, each by the moment after it had returned. */
  static final class History {
    private final ConcurrentSkipListMap<Long, Long> inside = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Long, Long> outside = new ConcurrentSkipListMap<>();

    History() {
      inside.put(System.nanoTime(), 0L);
    }
  }

  /**
   * A judge.
   *
   * @param outsideBoundNanos how long a change by others may stay unnoticed
   */
  StormJudge(long outsideBoundNanos) {
    this.outsideBoundNanos = outsideBoundNanos;
  }

  void committed(History history, long version, boolean isOutside) {
    (isOutside ? history.outside : history.inside).put(System.nanoTime(), version);
    (isOutside ? outsideCommits : commits).increment();
  }

  /** The oldest version that a look-up beginning now may still answer for. */
  long oldestAllowed(History history, long lookUpNanos) {
    return Math.max(
        latest(history.inside, lookUpNanos),
        latest(history.outside, lookUpNanos - outsideBoundNanos));
  }

  private static long latest(ConcurrentSkipListMap<Long, Long> commits, long atNanos) {
    Map.Entry<Long, Long> entry = commits.floorEntry(atNanos);
    return entry == null ? 0 : entry.getValue();
  }

  void served(String table, long version, long oldestAllowed) {
    hits.increment();
    if (version < oldestAllowed) {
      violation(table + ": an answer for version " + version + " was served, version "
          + oldestAllowed + " had been committed before");
    }
  }

  void violation(String what) {
    violationCount.increment();
    if (violations.size() < KEPT) {
      violations.add(what);
    }
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  @Override
  public String toString() {
    return "look-ups " + lookUps + ", hits " + hits + ", computed " + computed + ", without a key "
        + withoutKey + ", commits " + commits + ", by others " + outsideCommits + ", rollbacks "
        + rollbacks + ", violations " + violationCount;
  }
}
