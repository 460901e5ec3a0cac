package io.holdfast.tier;

import io.holdfast.store.Change;
import io.holdfast.store.Change.Expectation;
import io.holdfast.store.EntryTable;
import io.holdfast.store.StoredEntry;
import io.holdfast.store.StoredKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ehcache.core.spi.time.TimeSource;

/**
 * Writes what accesses did to expiry times, then deletes expired rows, in small steps so that no
 * writer waits long.
 */
final class ExpirySweep<K, V> {
  private static final int STEP_ROWS = 100;
  private static final int MAX_STEPS = 20;

  private final Rows<K, V> rows;
  private final AtomicRows<K, V> atomic;
  private final HeapLink<K, V> heap;
  private final PendingExpiries<K> pending;
  private final TimeSource clock;

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
    int buried = 0;
    for (K key = heap.pollExpired(); key != null; key = heap.pollExpired()) {
      buried += bury(key);
    }
    for (int step = 0; step < MAX_STEPS; step++) {
      List<StoredEntry> expired = rows.table().expired(clock.getTimeMillis(), STEP_ROWS);
      int buriedBefore = buried;
      for (StoredEntry entry : expired) {
        buried += bury(entry);
      }
      if (expired.size() < STEP_ROWS || buried == buriedBefore) {
        break;
      }
    }
    return buried;
  }

  private int bury(StoredEntry expired) {
    K key = rows.findKeyOf(expired);
    return key == null ? delete(expired) : bury(key);
  }

  // Nobody can ask for it, nor can a listener be told: its key cannot be read.
  private int delete(StoredEntry unreadable) {
    Change delete = new Change.Delete(
        new StoredKey.OfRow(unreadable.rowId(), unreadable.key()),
        Expectation.version(unreadable.version()));
    return rows.table().apply(List.of(delete)).applied() ? 1 : 0;
  }

  private int bury(K key) {
    return atomic.change(key, turn -> {
      turn.buryTheDead();
      return turn.foundDead() ? 1 : 0;
    });
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
