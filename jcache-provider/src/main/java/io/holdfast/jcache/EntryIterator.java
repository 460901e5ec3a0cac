package io.holdfast.jcache;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Walks the keys and gets each: an entry that vanished meanwhile is passed over, a failure is thrown,
 * and every entry returned counts as an access and a hit.
 */
final class EntryIterator<K, V> implements Iterator<Cache.Entry<K, V>> {
  private final CacheParts<K, V> parts;
  private final Runnable requireOpen;
  private final Consumer<K> removal;
  private final Iterator<K> keys;
  private @Nullable WrittenEntry<K, V> next;
  /** Apart from the entry, whose key the caller may change. */
  private @Nullable K nextKey;

  private @Nullable K lastKey;

  EntryIterator(CacheParts<K, V> parts, Runnable requireOpen, Consumer<K> removal) {
    this.parts = parts;
    this.requireOpen = requireOpen;
    this.removal = removal;
    this.keys = parts.backing().keyIterator();
  }

  @Override
  public boolean hasNext() {
    requireOpen.run();
    while (next == null && keys.hasNext()) {
      K key = keys.next();
      V value = read(key);
      if (value != null) {
        nextKey = key;
        next = new WrittenEntry<>(parts.backing().copyOfKey(key), value);
      }
    }
    return next != null;
  }

  private @Nullable V read(K key) {
    try (EventLanes.Scope scope = parts.listeners().scope()) {
      scope.include(key);
      return parts.backing().get(key);
    }
  }

  @Override
  public Cache.Entry<K, V> next() {
    long startNanos = parts.startNanos();
    WrittenEntry<K, V> entry = hasNext() ? next : null;
    if (entry == null) {
      throw new NoSuchElementException();
    }
    next = null;
    lastKey = nextKey;
    parts.counters().hits.increment();
    parts.addElapsed(parts.counters().getNanos, startNanos);
    return entry;
  }

  @Override
  public void remove() {
    requireOpen.run();
    if (lastKey == null) {
      throw new IllegalStateException("next() must come before remove()");
    }
    removal.accept(lastKey);
    lastKey = null;
  }
}
