package io.holdfast.jcache;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.cache.CacheException;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;

/** {@code loadAll}: asks the loader in a background thread, with nothing locked, then installs. */
final class BackgroundLoads<K, V> {
  private final CacheParts<K, V> parts;
  private final Executor executor;

  BackgroundLoads(CacheParts<K, V> parts, Executor executor) {
    this.parts = parts;
    this.executor = executor;
  }

  void loadAll(
      Set<? extends K> callers, boolean replaceExisting, @Nullable CompletionListener completion) {
    if (parts.loading().loader() == null) {
      if (completion != null) {
        completion.onCompletion();
      }
      return;
    }
    Set<K> keys = parts.backing().copyOfKeys(callers); // now: the caller may change its keys later
    executor.execute(() -> {
      try {
        loadNow(keys, replaceExisting);
      } catch (RuntimeException e) {
        if (completion != null) {
          completion.onException(
              e instanceof IllegalStateException
                  ? new CacheException("The cache was closed while loading", e)
                  : e);
        }
        return;
      }
      if (completion != null) {
        completion.onCompletion();
      }
    });
  }

  private void loadNow(Set<K> keys, boolean replaceExisting) {
    Set<K> wanted = new HashSet<>(keys);
    if (!replaceExisting) {
      wanted.removeIf(parts.backing()::containsKey);
    }
    Map<K, V> loaded = parts.loading().loadAll(wanted);
    // A put that came while the loader was working wins, unless loading is to replace.
    loaded.forEach((key, value) -> parts.<@Nullable Object>exclusively(key, () -> {
      if (replaceExisting) {
        parts.backing().put(key, value);
      } else {
        parts.backing().putIfAbsent(key, value);
      }
      return null;
    }));
  }
}
