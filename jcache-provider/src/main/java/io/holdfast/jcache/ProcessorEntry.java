package io.holdfast.jcache;

import javax.cache.CacheException;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** The entry that an entry processor works on: notes what is to be done, does nothing itself. */
final class ProcessorEntry<K, V> implements MutableEntry<K, V> {

  /** What the processor left to be done. */
  enum Effect {
    NONE,
    ACCESS,
    LOAD,
    WRITE,
    REMOVE
  }

  private final K key;
  private final BackingCache<K, V> backing;
  private final Loading<K, V> loading;
  private final @Nullable Object before;
  private Effect effect = Effect.NONE;
  private @Nullable K processorsKey;
  private @Nullable V value;
  private @Nullable CacheException ownFailure;

  ProcessorEntry(
      K key, @Nullable Object before, BackingCache<K, V> backing, Loading<K, V> loading) {
    this.key = key;
    this.before = before;
    this.backing = backing;
    this.loading = loading;
  }

  Effect effect() {
    return effect;
  }

  @Nullable
  V value() {
    return value;
  }

  /** Whether this came out of the loader or the store below getValue, not out of the processor. */
  boolean isOwnFailure(Throwable thrown) {
    return thrown == ownFailure;
  }

  @Override
  public K getKey() {
    K own = processorsKey;
    if (own == null) {
      own = backing.copyOfKey(key);
      processorsKey = own;
    }
    return own;
  }

  @Override
  public boolean exists() {
    return switch (effect) {
      case NONE, ACCESS -> before != null;
      case LOAD, WRITE -> true;
      case REMOVE -> false;
    };
  }

  @Override
  public @Nullable V getValue() {
    if (effect == Effect.NONE) {
      try {
        read();
      } catch (CacheException e) {
        ownFailure = e;
        throw e;
      }
    }
    return value;
  }

  private void read() {
    if (before != null) {
      value = backing.handOutValue(before);
      effect = Effect.ACCESS;
    } else if (loading.isReadThrough()) {
      value = loading.load(key);
      effect = value == null ? Effect.NONE : Effect.LOAD;
    }
  }

  @Override
  public void setValue(V newValue) {
    if (newValue == null) {
      throw new NullPointerException("value");
    }
    value = newValue;
    effect = Effect.WRITE;
  }

  @Override
  public void remove() {
    boolean madeHere = before == null && (effect == Effect.WRITE || effect == Effect.LOAD);
    value = null;
    effect = madeHere ? Effect.NONE : Effect.REMOVE;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrapping.of(type, this);
  }
}
