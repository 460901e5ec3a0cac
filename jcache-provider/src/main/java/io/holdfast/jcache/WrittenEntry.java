package io.holdfast.jcache;

import javax.cache.Cache;

/** A key and a value that belong together at one moment. */
record WrittenEntry<K, V>(K key, V value) implements Cache.Entry<K, V> {
  @Override
  public K getKey() {
    return key;
  }

  @Override
  public V getValue() {
    return value;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrapping.of(type, this);
  }

  /** Names no content: entries end up in logs. */
  @Override
  public String toString() {
    return "entry";
  }
}
