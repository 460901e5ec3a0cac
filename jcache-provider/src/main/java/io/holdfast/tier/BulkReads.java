package io.holdfast.tier;

import io.holdfast.store.StoredEntry;
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
    reading.findLive((asked, row) -> asked.holder = atomic.change(asked.key, turn -> {
      Row<V> live = turn.live();
      turn.buryTheDead();
      return live == null ? null : turn.touch(live);
    }));
    reading.load(loader);
    Map<K, @Nullable ValueHolder<V>> found = new LinkedHashMap<>();
    reading.all.forEach(asked -> found.put(asked.key, asked.holder));
    return found;
  }

  /**
   * For the heap, which will count the accesses itself. Each entry re-validates when the heap takes its
   * value.
   */
  List<Map.Entry<K, @Nullable ValueHolder<V>>> getAllAndFault(
      Iterable<? extends K> keys, Loader<K, V> loader) {
    long foreignGeneration = heap.foreignGeneration(); // before the read, as each stamp
    Reading reading = new Reading(keys);
    reading.findLive((asked, row) -> {
      long nowMillis = clock.getTimeMillis();
      RowHolder<V> copy = heap.copyOf(row, nowMillis);
      asked.holder = copy;
      asked.mark = heap.markOf(row, copy, nowMillis);
    });
    FileAnswers.add(reading.all.size() - reading.absent.size());
    reading.load(loader);
    for (Asked<K, V> asked : reading.absent) {
      ValueHolder<V> loaded = asked.holder;
      if (loaded != null) {
        asked.holder = singles.faultOr(asked.key, loaded);
        asked.mark = heap.markOf(asked.key); // none, if it was not kept
      }
    }
    List<Map.Entry<K, @Nullable ValueHolder<V>>> entries = new ArrayList<>(reading.all.size());
    for (Asked<K, V> asked : reading.all) {
      entries.add(new RevalidatingEntry<>(
          asked.key,
          asked.holder,
          asked.mark,
          asked.stamp,
          foreignGeneration,
          writes,
          heap,
          singles::faultInHeap));
    }
    return entries;
  }

  /** Ehcache's function: gives values, or null values, for the absent keys. */
  interface Loader<K, V>
      extends Function<
          Iterable<? extends K>, Iterable<? extends Map.Entry<? extends K, ? extends V>>> {}

  private interface Hit<K, V> {
    /** Says what there is under the key: null if it is gone by now. */
    void on(Asked<K, V> asked, Row<V> row);
  }

  /** A key of a call, and what is known of it so far. */
  private static final class Asked<K, V> {
    private final K key;
    private long stamp;
    private @Nullable ValueHolder<V> holder;
    private FaultedKeys.@Nullable Mark mark;

    Asked(K key, long stamp) {
      this.key = key;
      this.stamp = stamp;
    }
  }

  /** One call. */
  private final class Reading {
    private final List<Asked<K, V>> all = new ArrayList<>();
    private final List<StoredKey> storedKeys = new ArrayList<>();
    private final List<Asked<K, V>> absent = new ArrayList<>();

    Reading(Iterable<? extends K> keys) {
      long nowMillis = clock.getTimeMillis();
      for (K key : keys) {
        storedKeys.add(rows.storedKey(key));
        atomic.makeReadable(key, nowMillis);
        all.add(new Asked<>(key, writes.current(key))); // before the read: a later write shows
      }
    }

    void findLive(Hit<K, V> hit) {
      @Nullable StoredEntry[] present = rows.table().findAll(storedKeys);
      for (int i = 0; i < present.length; i++) {
        Asked<K, V> asked = all.get(i);
        StoredEntry entry = present[i];
        if (entry != null) {
          found(asked, rows.row(asked.key, entry), hit);
        }
        counters.lookedUp(asked.holder != null);
        if (asked.holder == null) {
          absent.add(asked);
        }
      }
    }

    private void found(Asked<K, V> asked, Row<V> row, Hit<K, V> hit) {
      if (atomic.isDead(asked.key, row, clock.getTimeMillis())) {
        atomic.change(asked.key, turn -> {
          turn.buryTheDead();
          return turn;
        });
        asked.stamp = writes.current(asked.key);
      } else if (!row.isUnreadable()) {
        hit.on(asked, row);
      }
    }

    void load(Loader<K, V> loader) {
      if (absent.isEmpty()) {
        return;
      }
      Map<K, Asked<K, V>> missing = new LinkedHashMap<>();
      absent.forEach(asked -> missing.put(asked.key, asked));
      for (Map.Entry<? extends K, ? extends V> loaded : loader.apply(missing.keySet())) {
        V value = loaded.getValue();
        Asked<K, V> asked = missing.get(loaded.getKey());
        if (value != null && asked != null) {
          install(asked, value);
        }
      }
    }

    // A key that was written while the loader ran keeps what was written: the
    // loaded value may be older.
    private void install(Asked<K, V> asked, V value) {
      asked.holder = atomic.change(asked.key, turn -> {
        Row<V> live = turn.live();
        turn.buryTheDead();
        if (live != null) {
          return live.holder();
        }
        if (writes.current(asked.key) != asked.stamp) {
          return turn.stillborn(value);
        }
        RowHolder<V> created = turn.create(value);
        return created == null ? turn.stillborn(value) : created;
      });
      asked.stamp = writes.current(asked.key);
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
