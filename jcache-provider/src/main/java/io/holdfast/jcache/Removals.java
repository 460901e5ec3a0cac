package io.holdfast.jcache;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Removing, written through before the cache changes. */
final class Removals<K, V> {
  /** Keys locked and removed at a time by {@code removeAll()}, which has no set of its own. */
  private static final int BATCH_KEYS = 1_000;

  private final CacheParts<K, V> parts;
  private final BackingCache<K, V> backing;
  private final Writing<K, V> writing;
  private final OperationCounters counters;

  Removals(CacheParts<K, V> parts) {
    this.parts = parts;
    this.backing = parts.backing();
    this.writing = parts.writing();
    this.counters = parts.counters();
  }

  boolean remove(K key) {
    long startNanos = parts.startNanos();
    boolean removed = parts.exclusively(key, () -> {
      writing.delete(key);
      return backing.remove(key);
    });
    count(removed, startNanos);
    return removed;
  }

  boolean remove(K key, V expected) {
    long startNanos = parts.startNanos();
    boolean removed = parts.exclusively(key, () -> {
      if (writing.isOn() && isExpected(key, expected)) {
        writing.delete(key);
      }
      boolean done = backing.remove(key, expected);
      // A mismatch is a hit too: the entry was there.
      counters.hitOrMiss(done || backing.containsKey(key));
      return done;
    });
    parts.addElapsed(counters.getNanos, startNanos);
    count(removed, startNanos);
    return removed;
  }

  @Nullable
  V getAndRemove(K key) {
    long startNanos = parts.startNanos();
    V old = parts.<@Nullable V>exclusively(key, () -> {
      writing.delete(key);
      return backing.getAndRemove(key);
    });
    counters.hitOrMiss(old != null);
    parts.addElapsed(counters.getNanos, startNanos);
    count(old != null, startNanos);
    return old;
  }

  void removeAll(Set<? extends K> keys) {
    if (keys.isEmpty()) {
      return;
    }
    long startNanos = parts.startNanos();
    parts.<@Nullable Object>exclusivelyAll(keys, () -> {
      Writing.Partial<Set<K>> deleted = writing.deleteAll(keys);
      int present = backing.peekAll(deleted.done()).size();
      backing.removeAll(deleted.done());
      counters.removals.add(present);
      deleted.throwIfFailed();
      return null;
    });
    parts.addElapsed(counters.removeNanos, startNanos);
  }

  void removeAll() {
    Set<K> batch = new HashSet<>();
    for (Iterator<K> keys = backing.keyIterator(); keys.hasNext(); ) {
      batch.add(keys.next());
      // A writer is told of all keys at once, as JSR-107's deleteAll means it.
      if (batch.size() == BATCH_KEYS && !writing.isOn()) {
        removeAll(batch);
        batch.clear();
      }
    }
    removeAll(batch);
  }

  private boolean isExpected(K key, V expected) {
    Object present = backing.peek(key);
    return present != null && backing.isEqual(present, expected);
  }

  private void count(boolean removed, long startNanos) {
    if (removed) {
      counters.removals.increment();
      parts.addElapsed(counters.removeNanos, startNanos);
    }
  }
}
