package io.holdfast.jcache;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * A user's loader; what it throws leaves as {@link CacheLoaderException}. It shares no object that can
 * change with the caller or the cache.
 *
 * @param loader null for a cache without one
 * @param isReadThrough whether a miss asks the loader
 * @param underLease whether one of several processes loads an entry that a {@code get} misses
 */
record Loading<K, V>(
    @Nullable CacheLoader<K, V> loader,
    boolean isReadThrough,
    boolean underLease,
    BackingCache<K, V> backing) {

  /** The loaded value, or null if there is none. */
  @Nullable
  V load(K key) {
    if (loader == null) {
      return null;
    }
    K loadersKey = backing.copyOfKey(key);
    V value;
    try {
      value = loader.load(loadersKey);
    } catch (CacheLoaderException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheLoaderException("The cache loader failed", e);
    }
    return value == null ? null : backing.copyOfValue(value);
  }

  /** What was loaded; a loader may leave keys out or answer null for them. */
  Map<K, V> loadAll(Set<? extends K> keys) {
    if (loader == null || keys.isEmpty()) {
      return Map.of();
    }
    Set<K> loadersKeys = backing.copyOfKeys(keys);
    Map<K, V> answer;
    try {
      answer = loader.loadAll(loadersKeys);
    } catch (CacheLoaderException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheLoaderException("The cache loader failed", e);
    }
    Map<K, V> loaded = new HashMap<>();
    for (K key : keys) {
      V value = answer.get(key);
      if (value != null) {
        loaded.put(key, backing.copyOfValue(value));
      }
    }
    return loaded;
  }
}
