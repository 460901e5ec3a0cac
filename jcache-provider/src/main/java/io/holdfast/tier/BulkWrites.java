package io.holdfast.tier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.jspecify.annotations.Nullable;

/**
 * {@code putAll}, {@code removeAll} and {@code loadAll}: one transaction for a chunk of keys. The
 * function is called once for each key, because Ehcache's functions change themselves, and what was
 * computed before one call fails is kept.
 */
final class BulkWrites<K, V> {
  /** So many keys are locked at once, while their values are computed. */
  private static final int CHUNK_KEYS = 256;

  private final AtomicRows<K, V> atomic;
  private final Decisions<K, V> decisions;

  BulkWrites(AtomicRows<K, V> atomic, Decisions<K, V> decisions) {
    this.atomic = atomic;
    this.decisions = decisions;
  }

  Map<K, @Nullable ValueHolder<V>> compute(
      Set<? extends K> keys,
      Function<
              Iterable<? extends Map.Entry<? extends K, ? extends V>>,
              Iterable<? extends Map.Entry<? extends K, ? extends V>>>
          function,
      Supplier<Boolean> replaceEqual) {
    Map<K, @Nullable ValueHolder<V>> results = new LinkedHashMap<>();
    List<K> chunk = new ArrayList<>(Math.min(keys.size(), CHUNK_KEYS));
    for (K key : keys) {
      chunk.add(key);
      if (chunk.size() == CHUNK_KEYS) {
        computeChunk(chunk, function, replaceEqual, results);
        chunk.clear();
      }
    }
    if (!chunk.isEmpty()) {
      computeChunk(chunk, function, replaceEqual, results);
    }
    return results;
  }

  private void computeChunk(
      List<K> keys,
      Function<
              Iterable<? extends Map.Entry<? extends K, ? extends V>>,
              Iterable<? extends Map.Entry<? extends K, ? extends V>>>
          function,
      Supplier<Boolean> replaceEqual,
      Map<K, @Nullable ValueHolder<V>> results) {
    atomic.changeAll(keys, turns -> {
      for (Turn<K, V> turn : turns) {
        results.put(
            turn.key(),
            decisions.computeAndGet(
                turn, (key, value) -> computeOne(function, key, value), replaceEqual));
      }
    });
  }

  private static <K, V> @Nullable V computeOne(
      Function<
              Iterable<? extends Map.Entry<? extends K, ? extends V>>,
              Iterable<? extends Map.Entry<? extends K, ? extends V>>>
          function,
      K key,
      @Nullable V value) {
    Map.Entry<? extends K, ? extends V> computed =
        BulkReads.firstOf(function.apply(List.of(new KeyAndValue<>(key, value))));
    return computed == null ? null : computed.getValue();
  }

  private record KeyAndValue<K, V>(K getKey, @Nullable V getValue)
      implements Map.Entry<K, @Nullable V> {

    @Override
    public V setValue(@Nullable V value) {
      throw new UnsupportedOperationException("return the new value instead");
    }
  }
}
