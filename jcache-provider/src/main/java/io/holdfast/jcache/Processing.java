package io.holdfast.jcache;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * Entry processors: read, run, install, alone with the key.
 *
 * <p>The processor runs under the lock of its key only, with nothing of the store locked, and may take
 * minutes. Another process that shares the file does not see that lock; should it have changed the
 * entry meanwhile, the processor runs again on what is there now.
 */
final class Processing<K, V> {
  private static final int MAX_ATTEMPTS = 100;

  private final CacheParts<K, V> parts;
  private final BackingCache<K, V> backing;
  private final OperationCounters counters;
  private final String cacheName;

  Processing(CacheParts<K, V> parts, String cacheName) {
    this.parts = parts;
    this.backing = parts.backing();
    this.counters = parts.counters();
    this.cacheName = cacheName;
  }

  <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    return parts.<@Nullable T>exclusively(key, () -> invokeAlone(key, processor, arguments));
  }

  private <T> @Nullable T invokeAlone(
      K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    long startNanos = parts.startNanos();
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      Object before = backing.peek(key);
      if (attempt == 1) {
        counters.hitOrMiss(before != null);
        parts.addElapsed(counters.getNanos, startNanos);
      }
      ProcessorEntry<K, V> entry = new ProcessorEntry<>(key, before, backing, parts.loading());
      T result = process(entry, processor, arguments);
      if (install(key, entry, before, startNanos)) {
        return result;
      }
    }
    throw new CacheException("Could not process an entry of cache '"
        + cacheName
        + "': another process changed it each of "
        + MAX_ATTEMPTS
        + " times");
  }

  private <T> @Nullable T process(
      ProcessorEntry<K, V> entry,
      EntryProcessor<K, V, T> processor,
      @Nullable Object... arguments) {
    try {
      return processor.process(entry, arguments);
    } catch (EntryProcessorException e) {
      throw e;
    } catch (RuntimeException e) {
      if (entry.isOwnFailure(e)) {
        throw e;
      }
      throw new EntryProcessorException(e);
    }
  }

  /** Does what the processor asked for; false if the entry changed meanwhile and nothing was done. */
  private boolean install(
      K key, ProcessorEntry<K, V> entry, @Nullable Object before, long startNanos) {
    V value = entry.value();
    switch (entry.effect()) {
      case NONE -> {
        return true;
      }
      case ACCESS -> {
        backing.touch(key);
        return true;
      }
      case LOAD -> {
        return backing.installIfUnchanged(key, before, value);
      }
      case WRITE -> {
        if (value != null) {
          parts.writing().write(key, value);
        }
        ExpiryAdapter.expectBirths();
        boolean installed = backing.installIfUnchanged(key, before, value);
        if (installed) {
          counters.puts.add(1 - ExpiryAdapter.countStillborn());
          parts.addElapsed(counters.putNanos, startNanos);
        }
        return installed;
      }
      case REMOVE -> {
        parts.writing().delete(key);
        boolean removed = before == null || backing.installIfUnchanged(key, before, null);
        if (removed && before != null) {
          counters.removals.increment();
          parts.addElapsed(counters.removeNanos, startNanos);
        }
        return removed;
      }
    }
    throw new AssertionError(entry.effect());
  }

  <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    Map<K, EntryProcessorResult<T>> results = new HashMap<>();
    for (K key : keys) {
      try {
        T result = invoke(key, processor, arguments);
        if (result != null) {
          results.put(key, () -> result);
        }
      } catch (CacheException e) {
        results.put(key, () -> {
          throw e;
        });
      }
    }
    return results;
  }
}
