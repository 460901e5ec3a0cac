package io.holdfast.jcache;

import io.holdfast.tier.KeyLeases;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** The leases of one cache, for its users. */
final class CacheLeases<K, V> implements Leases<K, V> {
  static final long POLL_MILLIS = 10;

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final CacheParts<K, V> parts;
  private final KeyLeases<Object> leases;

  CacheLeases(CacheParts<K, V> parts, KeyLeases<Object> leases) {
    this.parts = parts;
    this.leases = leases;
  }

  @Override
  public Optional<Lease<V>> tryAcquire(K key, Duration lease) {
    Objects.requireNonNull(key, "key");
    if (lease.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("A lease lasts at least one second: " + lease);
    }
    K ownKey = parts.backing().copyOfKey(key);
    return parts.backing().lease(leases, key, lease).map(held -> new Taken(ownKey, held));
  }

  @Override
  public Optional<Lease<V>> acquire(K key, Duration lease, Duration patience)
      throws InterruptedException {
    long startNanos = System.nanoTime();
    while (true) {
      Optional<Lease<V>> taken = tryAcquire(key, lease);
      Duration waited = Duration.ofNanos(System.nanoTime() - startNanos);
      if (taken.isPresent() || waited.compareTo(patience) >= 0) {
        return taken;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private final class Taken implements Lease<V> {
    private final K key;
    private final KeyLeases<Object>.Held held;

    Taken(K key, KeyLeases<Object>.Held held) {
      this.key = key;
      this.held = held;
    }

    @Override
    public long token() {
      return held.token();
    }

    @Override
    public boolean isHeld() {
      return parts.backing().guarded("read a lease", held::isHeld);
    }

    @Override
    public boolean putIfHeld(V value) {
      Objects.requireNonNull(value, "value");
      long startNanos = parts.startNanos();
      boolean put = parts.exclusively(key, () -> {
        ExpiryAdapter.expectBirths();
        boolean done = parts.backing().putIfHeld(held, key, value);
        if (done) {
          parts.counters().puts.add(1 - ExpiryAdapter.countStillborn());
        }
        return done;
      });
      if (put) {
        parts.addElapsed(parts.counters().putNanos, startNanos);
      }
      return put;
    }

    @Override
    public void close() {
      parts.backing().end(held);
    }
  }
}
