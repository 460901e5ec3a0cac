package io.holdfast.tier;

import io.holdfast.store.Change;
import io.holdfast.store.EntryTable;
import io.holdfast.store.StoredKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys whose last write may or may not be in the file. Their rows are never served; the next operation
 * on such a key deletes the row first, or fails as the write did.
 */
final class PoisonedKeys<K> {
  private final Set<K> keys = ConcurrentHashMap.newKeySet();

  void add(K key) {
    keys.add(key);
  }

  boolean contains(K key) {
    return !keys.isEmpty() && keys.contains(key);
  }

  /** Deletes the row of a key in doubt; under the key's lock. */
  void resolve(K key, StoredKey storedKey, EntryTable table, Runnable afterDelete) {
    if (contains(key)) {
      table.apply(List.of(new Change.Delete(storedKey, Change.Expectation.ANY)));
      keys.remove(key);
      afterDelete.run();
    }
  }

  void clear() {
    keys.clear();
  }
}
