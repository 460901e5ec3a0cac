package io.holdfast.tier;

import io.holdfast.store.StateTable;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.ehcache.spi.persistence.StateHolder;
import org.jspecify.annotations.Nullable;

/** A map of serializer state in the file; {@link #putIfAbsent} is durable when it returns. */
record SqliteStateHolder<K extends Serializable, V extends Serializable>(
    StateTable table, String holder, StateCodec<K> keys, StateCodec<V> values)
    implements StateHolder<K, V> {

  @Override
  public @Nullable V putIfAbsent(K key, V value) {
    byte[] present = table.putIfAbsent(holder, keys.encode(key), values.encode(value));
    return present == null ? null : values.decode(present);
  }

  @Override
  public @Nullable V get(K key) {
    byte[] present = table.get(holder, keys.encode(key));
    return present == null ? null : values.decode(present);
  }

  @Override
  public boolean remove(K key, V value) {
    return table.remove(holder, keys.encode(key), values.encode(value));
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    Set<Map.Entry<K, V>> entries = new LinkedHashSet<>();
    table
        .entries(holder)
        .forEach((key, value) -> entries.add(Map.entry(keys.decode(key), values.decode(value))));
    return entries;
  }
}
