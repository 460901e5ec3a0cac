package io.holdfast.tier;

import io.holdfast.store.StoredEntry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Expiry times that an access moved and that are not in the file yet: a read never writes. Every look
 * at a row asks here too. A kill loses them, so an entry may expire as if its last accesses had not
 * been.
 */
final class PendingExpiries<K> {
  private final Map<K, Pending> byKey = new ConcurrentHashMap<>();

  record Pending(long version, long expiresAtMillis) {}

  void put(K key, long version, long expiresAtMillis) {
    byKey.put(key, new Pending(version, expiresAtMillis));
  }

  /** When the row really expires. */
  long effective(K key, StoredEntry row) {
    Pending pending = byKey.get(key);
    return pending != null && pending.version() == row.version()
        ? pending.expiresAtMillis()
        : row.expiresAtMillis();
  }

  void forget(K key) {
    byKey.remove(key);
  }

  /** Forgets what was written, unless it has moved again since. */
  void written(K key, Pending pending) {
    byKey.remove(key, pending);
  }

  Map<K, Pending> snapshot() {
    return Map.copyOf(byKey);
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  void clear() {
    byKey.clear();
  }
}
