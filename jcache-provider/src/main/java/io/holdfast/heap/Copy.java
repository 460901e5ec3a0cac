package io.holdfast.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.ehcache.core.config.ExpiryUtils;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.jspecify.annotations.Nullable;

/**
 * An entry as the heap holds it. Only the times change; each copy is itself alone.
 *
 * <p>An access moves its expiry only to a later time. That is all a copy may say of its own: what ends
 * a life sooner is for the tier below.
 */
final class Copy<K, V> implements Slot<K, V>, ValueHolder<V> {
  private static final long NEVER = Long.MAX_VALUE;
  private static final VarHandle LAST_ACCESS;
  private static final VarHandle EXPIRES;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      LAST_ACCESS = lookup.findVarHandle(Copy.class, "lastAccessMillis", long.class);
      EXPIRES = lookup.findVarHandle(Copy.class, "expiresAtMillis", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final K key;
  private final V value;
  private final long version;
  private final long createdAtMillis;
  private volatile long lastAccessMillis;
  private volatile long expiresAtMillis;

  /** A copy of what was read, which is an access. */
  Copy(K key, ValueHolder<V> read, long nowMillis, @Nullable Duration accessExpiry) {
    this.key = key;
    this.value = read.get();
    this.version = read.getId();
    this.createdAtMillis = read.creationTime();
    this.lastAccessMillis = nowMillis;
    this.expiresAtMillis = read.expirationTime() == NO_EXPIRE ? NEVER : read.expirationTime();
    prolong(nowMillis, accessExpiry);
  }

  K key() {
    return key;
  }

  /**
   * An access.
   *
   * @param expiry how long the entry lives from now on, null for as long as before
   */
  void accessed(long nowMillis, @Nullable Duration expiry) {
    usedAt(nowMillis);
    prolong(nowMillis, expiry);
  }

  /** An access that leaves the expiry as it is. */
  void usedAt(long nowMillis) {
    // A race between two accesses may keep the older stamp: they are milliseconds apart. The
    // comparison spares a hot entry's line of the processor cache from being written at each hit.
    if (lastAccessMillis < nowMillis) {
      LAST_ACCESS.setOpaque(this, nowMillis);
    }
  }

  private void prolong(long nowMillis, @Nullable Duration expiry) {
    if (expiry == null) {
      return;
    }
    long until = ExpiryUtils.isExpiryDurationInfinite(expiry)
        ? NEVER
        : ExpiryUtils.getExpirationMillis(nowMillis, expiry);
    long before = expiresAtMillis;
    while (before < until && !EXPIRES.compareAndSet(this, before, until)) {
      before = expiresAtMillis;
    }
  }

  boolean livesForEver() {
    return expiresAtMillis == NEVER;
  }

  @Override
  public ValueHolder<V> holder() {
    return this;
  }

  @Override
  public V get() {
    return value;
  }

  @Override
  public long getId() {
    return version;
  }

  @Override
  public long creationTime() {
    return createdAtMillis;
  }

  @Override
  public long expirationTime() {
    long at = expiresAtMillis;
    return at == NEVER ? NO_EXPIRE : at;
  }

  @Override
  public boolean isExpired(long nowMillis) {
    long at = expiresAtMillis;
    return at != NEVER && nowMillis >= at;
  }

  @Override
  public long lastAccessTime() {
    return lastAccessMillis;
  }

  @Override
  public String toString() {
    return "Copy[version " + version + "]"; // never the key or the value
  }
}
