package io.holdfast.jcache;

import io.holdfast.tier.KeyLeases;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads a missing entry in one process at a time. The others look every few milliseconds whether it is
 * there, without the key's lock, so that puts go on; one thread for each key and process does.
 */
final class LeasedLoads<K, V> {
  private static final Duration LEASE = Duration.ofSeconds(5);

  /** Loaders of two processes that wait for each other's entries must not do so for ever. */
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final CacheParts<K, V> parts;
  private final KeyLeases<Object> leases;
  private final KeyLocks waiting = new KeyLocks();

  LeasedLoads(CacheParts<K, V> parts, KeyLeases<Object> leases) {
    this.parts = parts;
    this.leases = leases;
  }

  /**
   * Finds or loads the entry.
   *
   * @param alone does so without asking for a lease: what is left if the other process takes too long, or
   *     for a thread that has the key to itself already, which others may be waiting for
   */
  @Nullable
  V load(K key, Function<K, @Nullable V> alone) {
    if (parts.locks().isHeldByThisThread(key)) {
      return alone.apply(key);
    }
    return waiting.<@Nullable V>under(key, () -> whenNobodyDoes(key, alone));
  }

  private @Nullable V whenNobodyDoes(K key, Function<K, @Nullable V> alone) {
    long startNanos = System.nanoTime();
    while (true) {
      V present = find(key);
      if (present != null) {
        return present;
      }
      Optional<KeyLeases<Object>.Held> lease = parts.backing().lease(leases, key, LEASE);
      if (lease.isPresent()) {
        return loadHolding(lease.get(), key);
      }
      if (System.nanoTime() - startNanos > PATIENCE_NANOS
          || Thread.currentThread().isInterrupted()) {
        return alone.apply(key);
      }
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(CacheLeases.POLL_MILLIS));
    }
  }

  // Without an access: the get was counted as a miss already. It may meet an expired entry, which
  // listeners hear of.
  private @Nullable V find(K key) {
    try (EventLanes.Scope scope = parts.listeners().scope()) {
      scope.include(key);
      Object present = parts.backing().peek(key);
      return present == null ? null : parts.backing().handOutValue(present);
    }
  }

  private @Nullable V loadHolding(KeyLeases<Object>.Held lease, K key) {
    try {
      return parts.<@Nullable V>exclusively(key, () -> {
        // Between our last look and the lease, its last holder may have put the entry.
        V present = find(key);
        if (present != null) {
          return present;
        }
        V loaded = parts.loading().load(key);
        if (loaded != null) {
          // A lease that was lost: whoever has it now, or cleared the cache, is the newer one.
          parts.backing().putIfHeld(lease, key, loaded);
        }
        return loaded;
      });
    } finally {
      parts.backing().end(lease);
    }
  }
}
