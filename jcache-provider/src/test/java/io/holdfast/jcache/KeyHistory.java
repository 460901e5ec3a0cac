package io.holdfast.jcache;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The calls on one key as their threads saw them. Linearizable, if there is an order of all calls in
 * which each answers what it would answer alone, and in which a call that ended before another began
 * comes first.
 *
 * @see <a href="https://cs.brown.edu/~mph/HerlihyW90/p463-herlihy.pdf">Herlihy, Wing: Linearizability,
 *     a correctness condition for concurrent objects</a>
 */
final class KeyHistory {
  private final List<Made> calls;
  private final Set<Reached> deadEnds = new HashSet<>();

  /** A call that was made, with the answer for this key. */
  record Made(
      int thread,
      CacheCall call,
      int a,
      int b,
      @Nullable Object answer,
      long startNanos,
      long endNanos) {

    @Override
    public String toString() {
      return "thread " + thread + " " + startNanos + ".." + endNanos + " " + call + "(" + a + ", "
          + b + ") = " + answer;
    }
  }

  private record Entry(@Nullable Integer value) {
    static final Entry ABSENT = new Entry(null);

    /** The entry after this call, or null if the call answers something else than it did. */
    @Nullable
    Entry after(Made made) {
      CacheCall.Step step = made.call().stepFrom(value, made.a(), made.b());
      if (!Objects.equals(step.answer(), made.answer())) {
        return null;
      }
      return step.wrote() ? new Entry(step.after()) : this;
    }
  }

  private record Reached(long done, Entry entry) {}

  /** A history of at most 63 calls, which starts without an entry. */
  KeyHistory(List<Made> calls) {
    if (calls.size() > 63) {
      throw new IllegalArgumentException("too many calls: " + calls.size());
    }
    this.calls = new ArrayList<>(calls);
    this.calls.sort(Comparator.comparingLong(Made::startNanos));
  }

  boolean isLinearizable() {
    return canGoOn(0, Entry.ABSENT);
  }

  private boolean canGoOn(long done, Entry entry) {
    if (done == (1L << calls.size()) - 1) {
      return true;
    }
    if (deadEnds.contains(new Reached(done, entry))) {
      return false;
    }
    long firstEnd = Long.MAX_VALUE;
    for (int i = 0; i < calls.size(); i++) {
      if ((done & 1L << i) == 0) {
        firstEnd = Math.min(firstEnd, calls.get(i).endNanos());
      }
    }
    for (int i = 0; i < calls.size() && calls.get(i).startNanos() <= firstEnd; i++) {
      if ((done & 1L << i) == 0) {
        Entry after = entry.after(calls.get(i));
        if (after != null && canGoOn(done | 1L << i, after)) {
          return true;
        }
      }
    }
    deadEnds.add(new Reached(done, entry));
    return false;
  }

  @Override
  public String toString() {
    return calls.stream().map(Made::toString).collect(Collectors.joining("\n"));
  }
}
