package io.holdfast.jcache;

import io.holdfast.tier.KeyLeases;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looking up, and loading what is missing. */
final class Reads<K, V> {
  private final CacheParts<K, V> parts;
  private final @Nullable LeasedLoads<K, V> leasedLoads;

  Reads(CacheParts<K, V> parts) {
    this.parts = parts;
    KeyLeases<Object> leases = parts.leases();
    this.leasedLoads =
        leases != null && parts.loading().underLease() ? new LeasedLoads<>(parts, leases) : null;
  }

  @Nullable
  V get(K key) {
    long startNanos = parts.startNanos();
    V value;
    // A get changes nothing but may meet an expired entry, which listeners hear of.
    try (EventLanes.Scope scope = parts.listeners().scope()) {
      scope.include(key);
      value = parts.backing().get(key);
    }
    parts.counters().hitOrMiss(value != null);
    if (value == null && parts.loading().isReadThrough()) {
      value = leasedLoads == null ? readThrough(key) : leasedLoads.load(key, this::readThrough);
    }
    parts.addElapsed(parts.counters().getNanos, startNanos);
    return value;
  }

  /** Loads a missing entry; one thread per key does, others wait and take what it loaded. */
  private @Nullable V readThrough(K key) {
    return parts.<@Nullable V>exclusively(key, () -> {
      Object present = parts.backing().peek(key);
      if (present != null) {
        return parts.backing().handOutValue(present);
      }
      V loaded = parts.loading().load(key);
      if (loaded != null) {
        parts.backing().put(key, loaded);
      }
      return loaded;
    });
  }

  Map<K, V> getAll(Set<? extends K> keys) {
    long startNanos = parts.startNanos();
    Map<K, V> found;
    try (EventLanes.Scope scope = parts.listeners().scope()) {
      scope.includeAll(keys);
      found = parts.backing().getAll(keys);
      readAgainWhatChanges(keys, found);
    }
    parts.counters().hits.add(found.size());
    parts.counters().misses.add(keys.size() - found.size());
    if (found.size() < keys.size() && parts.loading().isReadThrough()) {
      Set<K> missing = new HashSet<>(keys);
      missing.removeAll(found.keySet());
      found.putAll(readThrough(missing));
    }
    parts.addElapsed(parts.counters().getNanos, startNanos);
    return found;
  }

  private Map<K, V> readThrough(Set<K> missing) {
    return parts.exclusivelyAll(missing, () -> {
      // Without an access: these gets were counted as misses already.
      Map<K, V> entries = new HashMap<>(parts.backing().peekAll(missing));
      Set<K> stillMissing = new HashSet<>(missing);
      stillMissing.removeAll(entries.keySet());
      Map<K, V> loaded = parts.loading().loadAll(stillMissing);
      if (!loaded.isEmpty()) {
        parts.backing().putAll(loaded);
        entries.putAll(loaded);
      }
      return entries;
    });
  }

  boolean containsKey(K key) {
    try (EventLanes.Scope scope = parts.listeners().scope()) {
      scope.include(key);
      boolean present = parts.backing().containsKey(key);
      return parts.locks().isInUse(key) ? parts.backing().peek(key) != null : present;
    }
  }

  /**
   * A change commits to the file first and leaves the heap a moment later; for that moment {@code get}
   * still sees the old entry. What was read from the file beside the heap must not run ahead of it, or a
   * thread would see a new entry first and the old one afterwards.
   */
  private void readAgainWhatChanges(Set<? extends K> keys, Map<K, V> found) {
    for (K key : keys) {
      if (parts.locks().isInUse(key)) {
        Object present = parts.backing().peek(key);
        if (present == null) {
          found.remove(key);
        } else {
          found.put(key, parts.backing().handOutValue(present));
        }
      }
    }
  }
}
