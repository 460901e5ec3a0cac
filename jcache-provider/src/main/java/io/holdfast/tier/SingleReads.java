package io.holdfast.tier;

import org.ehcache.core.spi.store.Store.ValueHolder;
import org.ehcache.core.spi.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** Looks at one key. Takes a lock only where the look changes something: an entry found dead, a shorter life. */
final class SingleReads<K, V> {
  private final AtomicRows<K, V> atomic;
  private final HeapLink<K, V> heap;
  private final Turn.Parts<K, V> parts;
  private final AfterUnlock afterUnlock;
  private final TimeSource clock;

  SingleReads(
      AtomicRows<K, V> atomic,
      HeapLink<K, V> heap,
      Turn.Parts<K, V> parts,
      AfterUnlock afterUnlock,
      TimeSource clock) {
    this.atomic = atomic;
    this.heap = heap;
    this.parts = parts;
    this.afterUnlock = afterUnlock;
    this.clock = clock;
  }

  /** Reads an entry, which is an access; for a cache that has this tier alone. */
  @Nullable
  ValueHolder<V> get(K key) {
    Row<V> row = atomic.read(key);
    if (row == null) {
      return null;
    }
    long nowMillis = clock.getTimeMillis();
    if (atomic.isDead(key, row, nowMillis)) {
      return atomic.change(key, turn -> {
        Row<V> live = turn.live();
        turn.buryTheDead();
        return live == null ? null : turn.touch(live);
      });
    }
    parts.rows().table().recordAccess(row.rowId(), nowMillis);
    long expiresAtMillis =
        parts.expiry().onAccess(key, row::value, row.expiresAtMillis(), nowMillis);
    if (expiresAtMillis == row.expiresAtMillis()) {
      return row.holder();
    }
    return atomic.change(key, turn -> {
      Row<V> live = turn.live();
      return live != null && live.version() == row.version()
          ? turn.moveExpiry(live, expiresAtMillis)
          : row.holder();
    });
  }

  /** Whether there is a live entry; no access. */
  boolean contains(K key) {
    Row<V> row = atomic.read(key);
    if (row == null || !atomic.isDead(key, row, clock.getTimeMillis())) {
      return row != null;
    }
    return atomic.change(key, turn -> {
      turn.buryTheDead();
      return turn.live() != null;
    });
  }

  /** Reads one row for the heap; null if there is none. */
  @Nullable
  ValueHolder<V> fault(K key) {
    while (true) {
      long generation = heap.foreignGeneration();
      Row<V> row = atomic.read(key);
      long nowMillis = clock.getTimeMillis();
      if (row != null && atomic.isDead(key, row, nowMillis)) {
        row = atomic.<@Nullable Row<V>>change(key, turn -> {
          turn.buryTheDead();
          return turn.live();
        });
      }
      if (row == null) {
        return null;
      }
      RowHolder<V> copy = heap.fault(key, row, nowMillis);
      if (heap.foreignGeneration() == generation) {
        return copy;
      }
      // Another process changed something while this row was on its way; perhaps this row.
    }
  }

  /** As {@link #fault}, for the heap while it holds the monitor of its fault. */
  @Nullable
  ValueHolder<V> faultInHeap(K key) {
    return afterUnlock.insideHeapFault(() -> fault(key));
  }

  /** Reads back for the heap what was just loaded, or gives the loaded value if it was not kept. */
  ValueHolder<V> faultOr(K key, ValueHolder<V> loaded) {
    ValueHolder<V> kept = fault(key);
    return kept == null ? loaded : kept;
  }
}
