package io.holdfast.tier;

import io.holdfast.codec.CodecException;
import io.holdfast.store.StoredEntry;
import java.util.List;
import java.util.function.BiConsumer;
import org.ehcache.core.spi.time.TimeSource;

/**
 * Shows rows in pages by row id, so that nothing stays open while the visitor works: without the locks, the copies in
 * the heap and the accesses that reading an entry by its key brings.
 */
final class RowScan<K, V> {
  private static final int PAGE_ROWS = 500;

  private final Rows<K, V> rows;
  private final TimeSource clock;

  RowScan(Rows<K, V> rows, TimeSource clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** Those created at that moment or later; passes over what is expired or cannot be read. */
  void show(long sinceMillis, BiConsumer<? super K, ? super V> visitor) {
    long lastRowId = Long.MIN_VALUE;
    List<StoredEntry> page;
    do {
      page = rows.table().created(sinceMillis, lastRowId, PAGE_ROWS);
      for (StoredEntry entry : page) {
        show(entry, visitor);
        lastRowId = entry.rowId();
      }
    } while (page.size() == PAGE_ROWS);
  }

  private void show(StoredEntry entry, BiConsumer<? super K, ? super V> visitor) {
    K key = rows.findKeyOf(entry);
    if (key == null) {
      return;
    }
    Row<V> row = rows.row(key, entry);
    if (row.isUnreadable() || row.expiresAtMillis() <= clock.getTimeMillis() || row.isOutdated()) {
      return;
    }
    V value;
    try {
      value = row.value();
    } catch (CodecException e) {
      return; // who asks for it by its key is told
    }
    visitor.accept(key, value);
  }
}
