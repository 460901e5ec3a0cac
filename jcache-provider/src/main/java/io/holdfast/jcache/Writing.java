package io.holdfast.jcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/**
 * A user's writer, called before the cache changes; what it throws leaves as {@link
 * CacheWriterException}. It shares no object that can change with the caller or the cache.
 *
 * @param writer null for a cache that writes nothing through
 */
record Writing<K, V>(
    @Nullable CacheWriter<? super K, ? super V> writer, BackingCache<K, V> backing) {

  boolean isOn() {
    return writer != null;
  }

  void write(K key, V value) {
    if (writer != null) {
      WrittenEntry<K, V> entry = entryOf(key, value);
      wrapped(() -> writer.write(entry));
    }
  }

  void delete(K key) {
    if (writer != null) {
      K writersKey = backing.copyOfKey(key);
      wrapped(() -> writer.delete(writersKey));
    }
  }

  private WrittenEntry<K, V> entryOf(K key, V value) {
    return new WrittenEntry<>(backing.copyOfKey(key), backing.copyOfValue(value));
  }

  /**
   * Writes entries.
   *
   * @return which were written: all, or fewer and why
   */
  Partial<Map<K, V>> writeAll(Map<? extends K, ? extends V> entries) {
    Map<K, V> written = new LinkedHashMap<>(entries);
    if (writer == null) {
      return new Partial<>(written, null);
    }
    List<Cache.Entry<? extends K, ? extends V>> outstanding = new ArrayList<>();
    written.forEach((key, value) -> outstanding.add(entryOf(key, value)));
    try {
      wrapped(() -> writeAll(writer, outstanding));
      return new Partial<>(written, null);
    } catch (CacheWriterException e) {
      // The writer takes out of the collection what it has written.
      outstanding.forEach(entry -> written.remove(entry.getKey()));
      return new Partial<>(written, e);
    }
  }

  /** Deletes keys; the counterpart of {@link #writeAll(Map)}. */
  Partial<Set<K>> deleteAll(Set<? extends K> keys) {
    Set<K> deleted = new HashSet<>(keys);
    if (writer == null || keys.isEmpty()) {
      return new Partial<>(deleted, null);
    }
    Set<K> outstanding = backing.copyOfKeys(keys);
    try {
      wrapped(() -> writer.deleteAll(outstanding));
      return new Partial<>(deleted, null);
    } catch (CacheWriterException e) {
      deleted.removeAll(outstanding);
      return new Partial<>(deleted, e);
    }
  }

  // CacheWriter<? super K, ? super V> takes collections of its own type arguments,
  // which entries of K and V are by the meaning of super, though not in Java's type system.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void writeAll(CacheWriter writer, Collection<?> entries) {
    writer.writeAll(entries);
  }

  private static void wrapped(Runnable call) {
    try {
      call.run();
    } catch (CacheWriterException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheWriterException("The cache writer failed", e);
    }
  }

  /**
   * What of a bulk write came about.
   *
   * @param done what was written
   * @param failure why the rest was not, or null if there is no rest
   */
  record Partial<T>(T done, @Nullable CacheWriterException failure) {
    void throwIfFailed() {
      if (failure != null) {
        throw failure;
      }
    }
  }
}
