package io.holdfast.tier;

import io.holdfast.store.StoredEntry;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.ehcache.Cache;
import org.ehcache.core.exceptions.StorePassThroughException;
import org.ehcache.core.spi.store.Store;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.ehcache.core.spi.time.TimeSource;
import org.ehcache.spi.resilience.StoreAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Walks the rows in pages by row id, so that nothing stays open when the caller stops half way. Sees
 * each row that is there during the whole walk, once; others perhaps. Dead rows are skipped, and
 * rows whose key or value cannot be read.
 */
final class RowIterator<K, V> implements Store.Iterator<Cache.Entry<K, ValueHolder<V>>> {
  private static final int PAGE_ROWS = 100;

  private final Rows<K, V> rows;
  private final AtomicRows<K, V> atomic;
  private final TimeSource clock;
  private long lastRowId = Long.MIN_VALUE;
  private boolean isLastPage;
  private Iterator<StoredEntry> page = List.<StoredEntry>of().iterator();
  private Cache.@Nullable Entry<K, ValueHolder<V>> next;
  private @Nullable RuntimeException failure;

  RowIterator(Rows<K, V> rows, AtomicRows<K, V> atomic, TimeSource clock) {
    this.rows = rows;
    this.atomic = atomic;
    this.clock = clock;
    advance();
  }

  /** Never throws: a failure to read counts as an element, and its {@link #next} throws. */
  @Override
  public boolean hasNext() {
    return next != null || failure != null;
  }

  @Override
  public Cache.Entry<K, ValueHolder<V>> next() throws StoreAccessException {
    RuntimeException failed = failure;
    if (failed != null) {
      failure = null;
      advance();
      throw StorePassThroughException.handleException(failed);
    }
    Cache.Entry<K, ValueHolder<V>> result = next;
    if (result == null) {
      throw new NoSuchElementException("no more entries");
    }
    advance();
    return result;
  }

  private void advance() {
    next = null;
    try {
      while (next == null && (page.hasNext() || !isLastPage)) {
        if (page.hasNext()) {
          next = entryOf(page.next());
        } else {
          readPage();
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void readPage() {
    List<StoredEntry> read;
    try {
      read = rows.table().page(lastRowId, PAGE_ROWS);
    } catch (RuntimeException e) {
      isLastPage = true; // one failure ends the walk; else hasNext() would be true for ever
      throw e;
    }
    isLastPage = read.size() < PAGE_ROWS;
    if (!read.isEmpty()) {
      lastRowId = read.get(read.size() - 1).rowId();
    }
    page = read.iterator();
  }

  private Cache.@Nullable Entry<K, ValueHolder<V>> entryOf(StoredEntry entry) {
    K key = rows.findKeyOf(entry);
    if (key == null) {
      return null;
    }
    Row<V> row = rows.row(key, entry);
    if (row.isUnreadable() || atomic.isDead(key, row, clock.getTimeMillis())) {
      return null;
    }
    return new Found<>(key, row.holder());
  }

  private record Found<K, V>(K getKey, ValueHolder<V> getValue)
      implements Cache.Entry<K, ValueHolder<V>> {}
}
