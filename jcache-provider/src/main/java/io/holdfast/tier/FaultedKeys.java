package io.holdfast.tier;

import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys that the heap tier may hold a copy of, with the version it took. In memory only, and soft:
 * a mark says that the heap may know better when the entry was last used, no more. At most {@link
 * #LIMIT} marks are kept.
 */
final class FaultedKeys<K> {
  static final int LIMIT = 1 << 18;

  private final Map<K, Mark> marks = new ConcurrentHashMap<>();
  private final Set<Long> rowIds = ConcurrentHashMap.newKeySet();

  /** What the heap took. */
  record Mark(long version, long rowId, long expiresAtMillis) {}

  /**
   * Marks a key.
   *
   * @return a key that lost its mark because there were too many: the heap must forget it; or null
   */
  @Nullable
  K mark(K key, Mark mark) {
    Mark replaced = marks.put(key, mark);
    if (replaced != null && replaced.rowId() != mark.rowId()) {
      rowIds.remove(replaced.rowId());
    }
    rowIds.add(mark.rowId());
    if (marks.size() <= LIMIT) {
      return null;
    }
    Iterator<K> oldest = marks.keySet().iterator();
    while (oldest.hasNext()) {
      K victim = oldest.next();
      if (!victim.equals(key) && removed(marks.remove(victim))) {
        return victim;
      }
    }
    return null;
  }

  boolean isMarked(K key, long version) {
    Mark mark = marks.get(key);
    return mark != null && mark.version() == version;
  }

  /** Whether the heap holds a copy that, unless it was used since, has expired. */
  boolean isDue(K key, long nowMillis) {
    Mark mark = marks.get(key);
    return mark != null && nowMillis >= mark.expiresAtMillis();
  }

  void forget(K key) {
    removed(marks.remove(key));
  }

  private boolean removed(@Nullable Mark mark) {
    if (mark != null) {
      rowIds.remove(mark.rowId());
    }
    return mark != null;
  }

  /** Whether the row of some marked key is this one. */
  boolean holdsRow(long rowId) {
    return rowIds.contains(rowId);
  }

  /** Takes the mark away if it is for this version; null if it was not. */
  @Nullable
  Mark release(K key, long version) {
    Mark mark = marks.get(key);
    boolean released = mark != null && mark.version() == version && marks.remove(key, mark);
    return released && removed(mark) ? mark : null;
  }

  void clear() {
    marks.clear();
    rowIds.clear();
  }
}
