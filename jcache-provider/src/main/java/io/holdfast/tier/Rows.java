package io.holdfast.tier;

import io.holdfast.codec.Codec;
import io.holdfast.codec.CodecException;
import io.holdfast.store.Cell;
import io.holdfast.store.EntryTable;
import io.holdfast.store.StoredEntry;
import io.holdfast.store.StoredKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects in, rows out: the table of one cache seen through its codecs. */
record Rows<K, V>(
    EntryTable table,
    Codec<K> keyCodec,
    Codec<V> valueCodec,
    ValueColumn valueColumn,
    PendingExpiries<K> pending,
    MaxIdle maxIdle) {
  private static final Logger LOGGER = System.getLogger(Rows.class.getName());

  /** How the store finds a key. */
  StoredKey storedKey(K key) {
    return storedKey(keyCodec, key);
  }

  static <K> StoredKey storedKey(Codec<K> keyCodec, K key) {
    Cell column = keyCodec.encode(key);
    if (keyCodec.isCanonical(column)) {
      return new StoredKey.Canonical(column);
    }
    return new StoredKey.Opaque(
        column,
        keyCodec.stableHash(key),
        stored -> keyCodec.isCurrent(stored) && key.equals(keyCodec.decode(stored)));
  }

  @Nullable
  Row<V> find(K key, StoredKey storedKey) {
    StoredEntry entry = table.find(storedKey);
    return entry == null ? null : row(key, entry);
  }

  /** The rows that exist among these keys, in one read; the map iterates in the order of the keys. */
  Map<K, Row<V>> findAll(Map<K, StoredKey> keys) {
    @Nullable StoredEntry[] found = table.findAll(List.copyOf(keys.values()));
    Map<K, Row<V>> rows = new LinkedHashMap<>();
    int next = 0;
    for (K key : keys.keySet()) {
      StoredEntry entry = found[next++];
      if (entry != null) {
        rows.put(key, row(key, entry));
      }
    }
    return rows;
  }

  Map<K, StoredKey> storedKeys(Iterable<? extends K> keys) {
    Map<K, StoredKey> storedKeys = new LinkedHashMap<>();
    for (K key : keys) {
      storedKeys.put(key, storedKey(key));
    }
    return storedKeys;
  }

  Row<V> row(K key, StoredEntry entry) {
    return new Row<>(
        entry, pending.effective(key, entry), maxIdle.diesAtMillis(entry), valueColumn, valueCodec);
  }

  K keyOf(StoredEntry entry) {
    return keyCodec.decode(entry.key());
  }

  /**
   * The key of a row. Null if its class has changed since or, with a warning, if it cannot be read: then
   * no look-up finds the row either.
   */
  @Nullable
  K findKeyOf(StoredEntry entry) {
    if (!keyCodec.isCurrent(entry.key())) {
      return null;
    }
    try {
      return keyOf(entry);
    } catch (CodecException e) {
      LOGGER.log(
          Level.WARNING,
          () -> "Passed over a row of the cache " + table.definition().name()
              + " whose key cannot be read: " + e.getMessage());
      return null;
    }
  }
}
