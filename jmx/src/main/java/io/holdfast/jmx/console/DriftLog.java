package io.holdfast.jmx.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * The drifts seen so far, the newest {@value #CAPACITY}. A bean keeps its last ones, so the same drift
 * arrives with every reading and counts once.
 */
final class DriftLog {

  static final int CAPACITY = 500;

  private static final Comparator<Drift> NEWEST_FIRST = Comparator.comparingLong(Drift::atMillis)
      .reversed()
      .thenComparing(Drift::database)
      .thenComparing(Drift::table)
      .thenComparing(Drift::after)
      .thenComparing(Drift::summary);

  private final TreeSet<Drift> drifts = new TreeSet<>(NEWEST_FIRST);

  void add(Collection<Drift> seen) {
    drifts.addAll(seen);
    while (drifts.size() > CAPACITY) {
      drifts.pollLast();
    }
  }

  List<Drift> newestFirst() {
    return new ArrayList<>(drifts);
  }
}
