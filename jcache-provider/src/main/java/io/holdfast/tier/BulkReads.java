package io.holdfast.tier;

import io.holdfast.store.StoredKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.ehcache.core.spi.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * {@code getAll}: one read for all keys, one call of the loader, with nothing locked, for those that
 * are absent.
 */
final class BulkReads<K, V> {
  private final AtomicRows<K, V> atomic;
  private final Rows<K, V> rows;
  private final HeapLink<K, V> heap;
  private final WriteCounters writes;
  private final SingleReads<K, V> singles;
  private final TierCounters counters;
  private final TimeSource clock;

  BulkReads(
      AtomicRows<K, V> atomic,
      Rows<K, V> rows,
      HeapLink<K, V> heap,
      WriteCounters writes,
      SingleReads<K, V> singles,
      TierCounters counters,
      TimeSource clock) {
    this.atomic = atomic;
    this.rows = rows;
    this.heap = heap;
    this.writes = writes;
    this.singles = singles;
    this.counters = counters;
    this.clock = clock;
  }

  /** For a cache that has this tier alone: hits count as accesses. */
  Map<K, @Nullable ValueHolder<V>> getAll(Iterable<? extends K> keys, Loader<K, V> loader) {
    Reading reading = new Reading(keys);
    reading.findLive((key, row) -> {
      return atomic.change(key, turn -> {
        Row<V> live = turn.live();
        turn.buryTheDead();
        return live == null ? null : turn.touch(live);
      });
    });
    reading.load(loader);
    return reading.found;
  }

  /**
   * For the heap, which will count the accesses itself. Each entry re-validates when the heap takes its
   * value.
   */
  List<Map.Entry<K, @Nullable ValueHolder<V>>> getAllAndFault(
      Iterable<? extends K> keys, Loader<K, V> loader) {
    Reading reading = new Reading(keys);
    reading.findLive((key, row) -> heap.fault(key, row, clock.getTimeMillis()));
    FileAnswers.add(reading.storedKeys.size() - reading.absent.size());
    reading.load(loader);
    for (K key : reading.absent) {
      ValueHolder<V> loaded = reading.found.get(key);
      if (loaded != null) {
        reading.found.put(key, singles.faultOr(key, loaded));
      }
    }
    List<Map.Entry<K, @Nullable ValueHolder<V>>> entries = new ArrayList<>(reading.found.size());
    reading.found.forEach((key, holder) -> entries.add(reading.entry(key, holder)));
    return entries;
  }

  /** Ehcache's function: gives values, or null values, for the absent keys. */
  interface Loader<K, V>
      extends Function<
          Iterable<? extends K>, Iterable<? extends Map.Entry<? extends K, ? extends V>>> {}

  private interface Hit<K, V> {
    @Nullable
    ValueHolder<V> on(K key, Row<V> row);
  }

  /** One call. */
  private final class Reading {
    private final Map<K, StoredKey> storedKeys;
    private final Map<K, Long> stamps = new LinkedHashMap<>();
    private final Map<K, @Nullable ValueHolder<V>> found = new LinkedHashMap<>();
    private final List<K> absent = new ArrayList<>();
    private final long foreignGeneration = heap.foreignGeneration();

    Reading(Iterable<? extends K> keys) {
      storedKeys = rows.storedKeys(keys);
      atomic.makeReadable(storedKeys.keySet());
      for (K key : storedKeys.keySet()) {
        stamps.put(key, writes.current(key)); // before the read: a later write shows
      }
    }

    void findLive(Hit<K, V> hit) {
      Map<K, Row<V>> present = rows.findAll(storedKeys);
      for (K key : storedKeys.keySet()) {
        Row<V> row = present.get(key);
        if (row != null && atomic.isDead(key, row, clock.getTimeMillis())) {
          atomic.change(key, turn -> {
            turn.buryTheDead();
            return turn;
          });
          stamps.put(key, writes.current(key));
          row = null;
        } else if (row != null && row.isUnreadable()) {
          row = null;
        }
        ValueHolder<V> holder = row == null ? null : hit.on(key, row);
        found.put(key, holder);
        counters.lookedUp(holder != null);
        if (holder == null) {
          absent.add(key);
        }
      }
    }

    void load(Loader<K, V> loader) {
      if (absent.isEmpty()) {
        return;
      }
      for (Map.Entry<? extends K, ? extends V> loaded : loader.apply(absent)) {
        V value = loaded.getValue();
        if (value != null && storedKeys.containsKey(loaded.getKey())) {
          install(loaded.getKey(), value);
        }
      }
    }

    // A key that was written while the loader ran keeps what was written: the
    // loaded value may be older.
    private void install(K key, V value) {
      ValueHolder<V> installed = atomic.change(key, turn -> {
        Row<V> live = turn.live();
        turn.buryTheDead();
        if (live != null) {
          return live.holder();
        }
        if (writes.current(key) != stamp(key)) {
          return turn.stillborn(value);
        }
        RowHolder<V> created = turn.create(value);
        return created == null ? turn.stillborn(value) : created;
      });
      stamps.put(key, writes.current(key));
      found.put(key, installed);
    }

    RevalidatingEntry<K, V> entry(K key, @Nullable ValueHolder<V> holder) {
      FaultedKeys.Mark mark = holder == null ? null : heap.markOf(key);
      // What was loaded may not have been kept, and then has no mark.
      boolean isMarkLost = holder != null && mark == null && !absent.contains(key);
      return new RevalidatingEntry<>(
          key,
          holder,
          mark,
          stamp(key),
          isMarkLost ? foreignGeneration - 1 : foreignGeneration,
          writes,
          heap,
          singles::faultInHeap);
    }

    long stamp(K key) {
      Long stamp = stamps.get(key);
      if (stamp == null) {
        throw new IllegalArgumentException("a key that was not asked for");
      }
      return stamp;
    }
  }

  /** Ehcache hands its loader around as a plain function. */
  static <K, V> Loader<K, V> loader(
      Function<Iterable<? extends K>, Iterable<? extends Map.Entry<? extends K, ? extends V>>>
          function) {
    return function::apply;
  }

  /** The holder of one key, or null: helps iterate Ehcache's answers. */
  static <T> @Nullable T firstOf(Iterable<? extends T> answers) {
    Iterator<? extends T> iterator = answers.iterator();
    return iterator.hasNext() ? iterator.next() : null;
  }
}
