package io.holdfast.jcache;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * A user's loader; what it throws leaves as {@link CacheLoaderException}.
 *
 * @param loader null for a cache without one
 * @param isReadThrough whether a miss asks the loader
 */
record Loading<K, V>(@Nullable CacheLoader<K, V> loader, boolean isReadThrough) {

  /** The loaded value, or null if there is none. */
  @Nullable
  V load(K key) {
    if (loader == null) {
      return null;
    }
    try {
      return loader.load(key);
    } catch (CacheLoaderException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheLoaderException("The cache loader failed", e);
    }
  }

  /** What was loaded; a loader may leave keys out or answer null for them. */
  Map<K, V> loadAll(Set<? extends K> keys) {
    if (loader == null || keys.isEmpty()) {
      return Map.of();
    }
    Map<K, V> answer;
    try {
      answer = loader.loadAll(keys);
    } catch (CacheLoaderException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheLoaderException("The cache loader failed", e);
    }
    Map<K, V> loaded = new HashMap<>();
    for (K key : keys) {
      V value = answer.get(key);
      if (value != null) {
        loaded.put(key, value);
      }
    }
    return loaded;
  }
}
