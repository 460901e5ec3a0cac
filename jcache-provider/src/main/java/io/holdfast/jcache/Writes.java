package io.holdfast.jcache;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Putting and replacing, written through before the cache changes. */
final class Writes<K, V> {
  private final CacheParts<K, V> parts;
  private final BackingCache<K, V> backing;
  private final Writing<K, V> writing;
  private final OperationCounters counters;

  Writes(CacheParts<K, V> parts) {
    this.parts = parts;
    this.backing = parts.backing();
    this.writing = parts.writing();
    this.counters = parts.counters();
  }

  void put(K key, V value) {
    long startNanos = parts.startNanos();
    parts.<@Nullable Object>exclusively(key, () -> {
      writing.write(key, value);
      ExpiryAdapter.expectBirths();
      backing.put(key, value);
      counters.puts.add(1 - ExpiryAdapter.countStillborn());
      return null;
    });
    parts.addElapsed(counters.putNanos, startNanos);
  }

  void putAll(Map<? extends K, ? extends V> entries) {
    if (entries.isEmpty()) {
      return;
    }
    long startNanos = parts.startNanos();
    parts.<@Nullable Object>exclusivelyAll(entries.keySet(), () -> {
      Writing.Partial<Map<K, V>> written = writing.writeAll(entries);
      ExpiryAdapter.expectBirths();
      backing.putAll(written.done());
      counters.puts.add(written.done().size() - ExpiryAdapter.countStillborn());
      written.throwIfFailed();
      return null;
    });
    parts.addElapsed(counters.putNanos, startNanos);
  }

  @Nullable
  V getAndPut(K key, V value) {
    long startNanos = parts.startNanos();
    V old = parts.<@Nullable V>exclusively(key, () -> {
      writing.write(key, value);
      ExpiryAdapter.expectBirths();
      V before = backing.getAndPut(key, value);
      counters.puts.add(1 - ExpiryAdapter.countStillborn());
      return before;
    });
    counters.hitOrMiss(old != null);
    parts.addElapsed(counters.getNanos, startNanos);
    parts.addElapsed(counters.putNanos, startNanos);
    return old;
  }

  boolean putIfAbsent(K key, V value) {
    long startNanos = parts.startNanos();
    boolean put = parts.exclusively(key, () -> {
      if (writing.isOn()) {
        if (backing.containsKey(key)) {
          return false;
        }
        writing.write(key, value);
      }
      ExpiryAdapter.expectBirths();
      boolean absent = backing.putIfAbsent(key, value);
      if (absent) {
        counters.puts.add(1 - ExpiryAdapter.countStillborn());
      }
      return absent;
    });
    counters.hitOrMiss(!put);
    if (put) {
      parts.addElapsed(counters.putNanos, startNanos);
    }
    return put;
  }

  boolean replace(K key, V value) {
    return getAndReplace(key, value) != null;
  }

  @Nullable
  V getAndReplace(K key, V value) {
    long startNanos = parts.startNanos();
    V old = parts.<@Nullable V>exclusively(key, () -> {
      if (writing.isOn()) {
        if (!backing.containsKey(key)) {
          return null;
        }
        writing.write(key, value);
      }
      return backing.replace(key, value);
    });
    counters.hitOrMiss(old != null);
    parts.addElapsed(counters.getNanos, startNanos);
    if (old != null) {
      counters.puts.increment();
      parts.addElapsed(counters.putNanos, startNanos);
    }
    return old;
  }

  boolean replace(K key, V expected, V value) {
    long startNanos = parts.startNanos();
    boolean replaced = parts.exclusively(key, () -> {
      if (writing.isOn() && isExpected(key, expected)) {
        writing.write(key, value);
      }
      boolean done = backing.replace(key, expected, value);
      // A mismatch is a hit too: the entry was there.
      counters.hitOrMiss(done || backing.containsKey(key));
      return done;
    });
    parts.addElapsed(counters.getNanos, startNanos);
    if (replaced) {
      counters.puts.increment();
      parts.addElapsed(counters.putNanos, startNanos);
    }
    return replaced;
  }

  private boolean isExpected(K key, V expected) {
    Object present = backing.peek(key);
    return present != null && backing.isEqual(present, expected);
  }
}
