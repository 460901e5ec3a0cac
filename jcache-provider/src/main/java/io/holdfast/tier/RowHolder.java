package io.holdfast.tier;

import io.holdfast.store.StoredEntry;
import java.util.function.Supplier;
import org.ehcache.core.spi.store.Store;

/**
 * A value as Ehcache sees it. Unlike Ehcache's own base class it takes an expiry that was shortened.
 *
 * @param getId the version of the row: unique per write, also across restarts
 */
record RowHolder<V>(
    Supplier<V> value, long getId, long creationTime, long expiresAtMillis, long lastAccessTime)
    implements Store.ValueHolder<V> {

  @Override
  public V get() {
    return value.get();
  }

  @Override
  public long expirationTime() {
    return expiresAtMillis == StoredEntry.NEVER ? NO_EXPIRE : expiresAtMillis;
  }

  @Override
  public boolean isExpired(long nowMillis) {
    return nowMillis >= expiresAtMillis;
  }

  @Override
  public String toString() {
    return "RowHolder[version " + getId + "]"; // never the value
  }
}
