package io.holdfast.tier;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys that the heap tier may hold a copy of, with the version it took. In memory only. Whatever
 * the heap holds has a mark, but not the reverse: a mark may outlive its copy.
 */
final class FaultedKeys<K> {
  private final LongSupplier limit;
  private final Map<K, Mark> marks = new ConcurrentHashMap<>();

  // Goes round the marks. Begun anew for each victim, the search would pass the places of all
  // before it.
  private Iterator<K> hand = Collections.emptyIterator();

  /** Changed only while the key's entry in {@link #marks} is, so that the two agree. */
  private final Map<Long, K> keysByRowId = new ConcurrentHashMap<>();

  /** Keeps as many marks as that, which may change: no fewer than the heap holds copies. */
  FaultedKeys(LongSupplier limit) {
    this.limit = limit;
  }

  /**
   * What the heap took. Each is itself alone: a second copy of the same version has another. The heap
   * takes its copy for expired at {@code heapUntilMillis}, which is not later than the row expires.
   */
  static final class Mark {
    private final long version;
    private final long rowId;
    private final long expiresAtMillis;
    private final long heapUntilMillis;
    private final long takenAtMillis;

    Mark(long version, long rowId, long expiresAtMillis, long heapUntilMillis, long takenAtMillis) {
      this.version = version;
      this.rowId = rowId;
      this.expiresAtMillis = expiresAtMillis;
      this.heapUntilMillis = heapUntilMillis;
      this.takenAtMillis = takenAtMillis;
    }

    /** The mark of another copy of the same row. */
    Mark again() {
      return new Mark(version, rowId, expiresAtMillis, heapUntilMillis, takenAtMillis);
    }

    long version() {
      return version;
    }

    long rowId() {
      return rowId;
    }

    long expiresAtMillis() {
      return expiresAtMillis;
    }

    long heapUntilMillis() {
      return heapUntilMillis;
    }

    /** When the row was read for the heap, which was noted as an access. */
    long takenAtMillis() {
      return takenAtMillis;
    }
  }

  /**
   * Marks a key.
   *
   * @return a key that lost its mark because there were too many: the heap must forget it; or null
   */
  @Nullable
  K mark(K key, Mark mark) {
    marks.compute(key, (same, old) -> {
      keysByRowId.put(mark.rowId(), key);
      if (old != null && old.rowId() != mark.rowId()) {
        keysByRowId.remove(old.rowId(), key);
      }
      return mark;
    });
    return marks.size() <= limit.getAsLong() ? null : takeVictim(key);
  }

  private synchronized @Nullable K takeVictim(K spared) {
    for (int round = 0; round < 2; round++) {
      while (hand.hasNext()) {
        K victim = hand.next();
        if (!victim.equals(spared) && forget(victim)) {
          return victim;
        }
      }
      hand = marks.keySet().iterator();
    }
    return null;
  }

  boolean isEmpty() {
    return marks.isEmpty();
  }

  boolean isMarked(K key, long version) {
    Mark mark = marks.get(key);
    return mark != null && mark.version() == version;
  }

  /** Whether the heap holds a copy that, unless it was used since, it takes for expired. */
  boolean isDue(K key, long nowMillis) {
    Mark mark = marks.get(key);
    return mark != null && nowMillis >= mark.heapUntilMillis();
  }

  /** The key of a row that the heap may hold, or null. */
  @Nullable
  K keyOf(long rowId) {
    return keysByRowId.get(rowId);
  }

  /** Whether the row of some marked key is this one. */
  boolean holdsRow(long rowId) {
    return keysByRowId.containsKey(rowId);
  }

  List<K> keys() {
    return new ArrayList<>(marks.keySet());
  }

  @Nullable
  Mark find(K key) {
    return marks.get(key);
  }

  /** Takes the mark away, whichever it is; false if there is none. */
  boolean forget(K key) {
    boolean[] found = new boolean[1];
    marks.computeIfPresent(key, (same, mark) -> {
      keysByRowId.remove(mark.rowId(), key);
      found[0] = true;
      return null;
    });
    return found[0];
  }

  /** Takes this very mark away; a newer one of the key stays. */
  void forget(K key, Mark gone) {
    marks.computeIfPresent(key, (same, mark) -> {
      if (mark != gone) {
        return mark;
      }
      keysByRowId.remove(mark.rowId(), key);
      return null;
    });
  }

  void clear() {
    keys().forEach(this::forget);
  }
}
