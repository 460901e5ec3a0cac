package io.holdfast.tier;

import io.holdfast.store.Change;
import io.holdfast.store.Change.Expectation;
import io.holdfast.store.EntryTable;
import io.holdfast.store.StoredEntry;
import io.holdfast.store.StoredKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ehcache.core.spi.time.TimeSource;

/**
 * Writes what accesses did to expiry times, then deletes expired rows, in small steps so that no
 * writer waits long.
 */
final class ExpirySweep<K, V> {
  /** In one transaction, for which a writer waits: about a millisecond. */
  private static final int STEP_ROWS = 64;

  private static final int WALK_ROWS = 1_000;
  private static final long BEFORE_ALL = -1;

  // Of each second or so.
  private static final long BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Rows<K, V> rows;
  private final AtomicRows<K, V> atomic;
  private final HeapLink<K, V> heap;
  private final PendingExpiries<K> pending;
  private final TimeSource clock;
  private long walkedTo = BEFORE_ALL;
  private long nextWalkAtMillis = Long.MIN_VALUE;

  ExpirySweep(
      Rows<K, V> rows,
      AtomicRows<K, V> atomic,
      HeapLink<K, V> heap,
      PendingExpiries<K> pending,
      TimeSource clock) {
    this.rows = rows;
    this.atomic = atomic;
    this.heap = heap;
    this.pending = pending;
    this.clock = clock;
  }

  /** Returns how many rows were deleted. */
  int run() {
    writePending();
    int buried = buryExpiredInHeap();
    long stopAtNanos = System.nanoTime() + BUDGET_NANOS;
    buried += buryExpired(stopAtNanos);
    return buried + buryIdle(stopAtNanos);
  }

  // Keys that somebody works on are met again by their rows.
  private int buryExpiredInHeap() {
    int buried = 0;
    List<K> keys = new ArrayList<>(STEP_ROWS);
    for (K key = heap.pollExpired(); key != null; key = heap.pollExpired()) {
      keys.add(key);
      if (keys.size() == STEP_ROWS) {
        buried += atomic.buryAll(keys);
        keys.clear();
      }
    }
    return buried + atomic.buryAll(keys);
  }

  // Page by page: what is still alive, as the heap has used it, must not hide what comes after.
  private int buryExpired(long stopAtNanos) {
    int buried = 0;
    StoredEntry last = null;
    do {
      List<StoredEntry> expired = rows.table().expired(clock.getTimeMillis(), last, STEP_ROWS);
      buried += bury(expired);
      if (expired.size() < STEP_ROWS) {
        break;
      }
      last = expired.get(STEP_ROWS - 1);
    } while (System.nanoTime() - stopAtNanos < 0);
    return buried;
  }

  // The walk goes on where the last round had to stop.
  private int buryIdle(long stopAtNanos) {
    MaxIdle maxIdle = rows.maxIdle();
    long nowMillis = clock.getTimeMillis();
    if (!maxIdle.isLimited() || nowMillis < nextWalkAtMillis) {
      return 0;
    }
    int buried = 0;
    do {
      EntryTable.IdlePage page =
          rows.table().idle(nowMillis - maxIdle.millis(), walkedTo, WALK_ROWS);
      List<StoredEntry> idle = page.idle();
      for (int from = 0; from < idle.size(); from += STEP_ROWS) {
        buried += bury(idle.subList(from, Math.min(from + STEP_ROWS, idle.size())));
      }
      walkedTo = page.lastRowId();
      if (page.isLast()) {
        walkedTo = BEFORE_ALL;
        nextWalkAtMillis = nowMillis + maxIdle.walkMillis();
        break;
      }
    } while (System.nanoTime() - stopAtNanos < 0);
    return buried;
  }

  private int bury(List<StoredEntry> entries) {
    int buried = 0;
    List<K> keys = new ArrayList<>(entries.size());
    for (StoredEntry entry : entries) {
      K key = rows.findKeyOf(entry);
      if (key == null) {
        buried += delete(entry);
      } else {
        keys.add(key);
      }
    }
    return buried + atomic.buryAll(keys);
  }

  // Nobody can ask for it, nor can a listener be told: its key cannot be read.
  private int delete(StoredEntry unreadable) {
    Change delete = new Change.Delete(
        new StoredKey.OfRow(unreadable.rowId(), unreadable.key()),
        Expectation.version(unreadable.version()));
    return rows.table().apply(List.of(delete)).applied() ? 1 : 0;
  }

  /** Writes the buffered expiry times in one transaction; those of rows that have changed are void. */
  void writePending() {
    Map<K, PendingExpiries.Pending> batch = pending.snapshot();
    if (batch.isEmpty()) {
      return;
    }
    EntryTable table = rows.table();
    List<Change> touches = new ArrayList<>(batch.size());
    batch.forEach((key, moved) -> touches.add(touch(key, moved)));
    if (!table.apply(touches).applied()) {
      touches.forEach(touch -> table.apply(List.of(touch)));
    }
    batch.forEach(pending::written);
  }

  private Change touch(K key, PendingExpiries.Pending moved) {
    return new Change.Touch(
        rows.storedKey(key), moved.expiresAtMillis(), Expectation.version(moved.version()));
  }
}
