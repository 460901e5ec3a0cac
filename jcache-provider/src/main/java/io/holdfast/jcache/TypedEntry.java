package io.holdfast.jcache;

import java.util.function.Consumer;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** An entry that refuses values of a wrong class, as put does. */
record TypedEntry<K, V>(MutableEntry<K, V> entry, Consumer<V> requireValue)
    implements MutableEntry<K, V> {
  @Override
  public boolean exists() {
    return entry.exists();
  }

  @Override
  public void remove() {
    entry.remove();
  }

  @Override
  public K getKey() {
    return entry.getKey();
  }

  @Override
  public @Nullable V getValue() {
    return entry.getValue();
  }

  @Override
  public void setValue(V value) {
    requireValue.accept(value);
    entry.setValue(value);
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrapping.of(type, this, entry);
  }
}
