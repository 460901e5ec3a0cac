package io.holdfast.response;

import io.holdfast.response.Counters.Event;
import io.holdfast.response.spi.ResponseEntries;
import io.holdfast.response.spi.ResponseLeases.Held;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * The cache underneath, which may fail and must not be noticed: whatever it throws becomes "not
 * there" or "not stored", is counted, logged once per kind, and opens the circuit when repeated. Leases
 * are another matter than entries: theirs neither open nor close it.
 */
final class GuardedCache {

  private final Cache<String, CachedResponse> cache;
  private final @Nullable ResponseEntries entries;
  private final String name;
  private final Circuit circuit;
  private final Counters counters;
  private final OnceLog log;

  GuardedCache(
      Cache<String, CachedResponse> cache,
      @Nullable ResponseEntries entries,
      String name,
      Circuit circuit,
      Counters counters,
      OnceLog log) {
    this.cache = cache;
    this.entries = entries;
    this.name = name;
    this.circuit = circuit;
    this.counters = counters;
    this.log = log;
  }

  boolean admits() {
    return circuit.admits();
  }

  boolean isCircuitOpen() {
    return circuit.isOpen();
  }

  /** The entry, or null if there is none or the cache failed. */
  @Nullable
  CachedResponse find(String key) {
    return guarded(
            Event.READ_FAILURE,
            "read from",
            () -> Optional.ofNullable(cache.get(key)),
            Optional.<CachedResponse>empty())
        .orElse(null);
  }

  /** The entries that are there; none if the cache failed. */
  Map<String, CachedResponse> findAll(Set<String> keys) {
    return tryFindAll(keys).orElse(Map.of());
  }

  /** The entries that are there; empty if the cache failed. */
  Optional<Map<String, CachedResponse>> tryFindAll(Set<String> keys) {
    return guarded(
        Event.READ_FAILURE,
        "read from",
        () -> Optional.of(cache.getAll(keys)),
        Optional.<Map<String, CachedResponse>>empty());
  }

  /** Whether {@link #walk} can leave out the entries that are older. */
  boolean showsNewEntries() {
    return entries != null;
  }

  /**
   * Shows every entry that was created at that moment or later, and maybe older ones; false if the walk did not reach
   * the end. Costs as {@link #removeIf}, unless the cache {@linkplain #showsNewEntries can do better}.
   *
   * @param sinceMillis Unix milliseconds
   */
  boolean walk(long sinceMillis, BiConsumer<String, CachedResponse> visitor) {
    return guarded(
        Event.READ_FAILURE,
        "walk over",
        () -> {
          if (entries != null) {
            entries.forEachCreatedSince(sinceMillis, visitor);
          } else {
            cache.forEach(entry -> visitor.accept(entry.getKey(), entry.getValue()));
          }
          return true;
        },
        false);
  }

  /** What became of asking for a lease: taken, held by somebody else, or the leases failed. */
  record LeaseAttempt(Optional<Held> taken, boolean failed) {}

  LeaseAttempt lease(Supplier<Optional<Held>> attempt) {
    return tried(
        Event.LEASE_FAILURE,
        "take a lease of",
        () -> new LeaseAttempt(attempt.get(), false),
        new LeaseAttempt(Optional.empty(), true));
  }

  /** Ends a lease; one that cannot be ended ends with its time. */
  void close(Held lease) {
    tried(
        Event.LEASE_FAILURE,
        "end a lease of",
        () -> {
          lease.close();
          return true;
        },
        false);
  }

  /** Whether it was written; false too if the lease was lost before, which counts as that. */
  boolean putIfHeld(Held lease, CachedResponse response) {
    return guarded(Event.WRITE_FAILURE, "write to", () -> lease.putIfHeld(response), false);
  }

  /** Whether it was written. */
  boolean put(String key, CachedResponse response) {
    return guarded(
        Event.WRITE_FAILURE,
        "write to",
        () -> {
          cache.put(key, response);
          return true;
        },
        false);
  }

  /** Whether there was such an entry and it is gone. */
  boolean remove(String key) {
    return guarded(Event.WRITE_FAILURE, "remove from", () -> cache.remove(key), false);
  }

  /** Whether exactly this entry was there and is gone. */
  boolean remove(String key, CachedResponse response) {
    return guarded(Event.WRITE_FAILURE, "remove from", () -> cache.remove(key, response), false);
  }

  /**
   * Removes the entries that match. Walks the whole cache, which is the only way JSR-107 has: O(entries),
   * values included, and on some providers each visited entry counts as a hit in the provider's own
   * statistics.
   *
   * @return how many are gone, or -1 if the walk did not reach the end
   */
  int removeIf(BiPredicate<String, CachedResponse> superseded) {
    return guarded(
        Event.WRITE_FAILURE,
        "purge",
        () -> {
          int removed = 0;
          for (Cache.Entry<String, CachedResponse> entry : cache) {
            // With the value: a fresh answer that took the place of the visited one stays.
            if (superseded.test(entry.getKey(), entry.getValue())
                && cache.remove(entry.getKey(), entry.getValue())) {
              counters.count(Event.PURGED);
              removed++;
            }
          }
          return removed;
        },
        -1);
  }

  /**
   * Removes the entries that are chosen. The choice may walk the whole cache, as {@link #removeIf} does. A
   * fresh answer that took the place of a chosen one goes too.
   */
  void removeAll(Function<Cache<String, CachedResponse>, List<String>> choice) {
    guarded(
        Event.WRITE_FAILURE,
        "trim",
        () -> {
          for (String key : choice.apply(cache)) {
            if (cache.remove(key)) {
              counters.count(Event.PURGED);
            }
          }
          return true;
        },
        false);
  }

  /** Of the entries: what becomes of it opens or closes the circuit. */
  private <R> R guarded(Event failure, String action, Supplier<R> operation, R otherwise) {
    R result;
    try {
      result = operation.get();
    } catch (RuntimeException e) {
      failed(failure, action, e);
      if (circuit.failed()) {
        log.warn(
            "circuit",
            () -> "response cache " + name
                + ": the cache failed repeatedly and is left alone for a while",
            null);
      }
      return otherwise;
    }
    if (circuit.succeeded()) {
      log.warn("recovered", () -> "response cache " + name + ": the cache answers again", null);
    }
    return result;
  }

  private <R> R tried(Event failure, String action, Supplier<R> operation, R otherwise) {
    try {
      return operation.get();
    } catch (RuntimeException e) {
      failed(failure, action, e);
      return otherwise;
    }
  }

  private void failed(Event failure, String action, RuntimeException cause) {
    counters.count(failure);
    log.warn(
        action,
        () -> "response cache " + name + ": cannot " + action
            + " the cache; calls go on without it, further failures are only counted",
        cause);
  }
}
