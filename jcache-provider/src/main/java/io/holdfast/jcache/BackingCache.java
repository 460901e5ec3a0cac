package io.holdfast.jcache;

import io.holdfast.tier.FileAnswers;
import io.holdfast.tier.KeyLeases;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.ehcache.core.InternalCache;
import org.ehcache.core.Jsr107Cache;
import org.jspecify.annotations.Nullable;

/**
 * One Ehcache cache as the operations of this package use it: objects cross by value, and what fails
 * in the store leaves as {@link javax.cache.CacheException}.
 *
 * <p>No method locks a key or runs a loader or writer; callers order what needs order.
 */
final class BackingCache<K, V> {
  private final String name;
  private final InternalCache<Object, Object> ehcache;
  private final Jsr107Cache<Object, Object> atomic;
  private final Form<K> keys;
  private final Form<V> values;
  private final Accesses accesses;
  private final BooleanSupplier isClosed;
  private final Runnable beforeReading;
  private final LongAdder failures = new LongAdder();
  private final LongAdder bulkHeapHits = new LongAdder();
  private final LongAdder touches = new LongAdder();
  private final Detours detours = new Detours();
  private final ClearGate clearGate = new ClearGate(detours);

  /**
   * Operations of one cache.
   *
   * @param isClosed whether the cache was closed or destroyed, perhaps in the middle of an operation
   * @param beforeReading done before the heap tier is asked
   */
  BackingCache(
      String name,
      InternalCache<Object, Object> ehcache,
      Form<K> keys,
      Form<V> values,
      Accesses accesses,
      BooleanSupplier isClosed,
      Runnable beforeReading) {
    this.name = name;
    this.accesses = accesses;
    this.isClosed = isClosed;
    this.ehcache = ehcache;
    this.atomic = ehcache.createJsr107Cache();
    this.keys = keys;
    this.values = values;
    this.beforeReading = beforeReading;
  }

  InternalCache<Object, Object> ehcache() {
    return ehcache;
  }

  K handOutKey(Object kept) {
    return keys.handOut(kept);
  }

  V handOutValue(Object kept) {
    return guarded("read an entry", () -> values.handOut(kept));
  }

  /** The key for somebody who must not share the caller's object; itself, if immutable. */
  K copyOfKey(K key) {
    return guarded("copy a key", () -> keys.copy(key));
  }

  Set<K> copyOfKeys(Iterable<? extends K> callers) {
    Set<K> copies = new HashSet<>();
    callers.forEach(key -> copies.add(copyOfKey(key)));
    return copies;
  }

  /** The value for somebody who must not share the caller's object; itself, if immutable. */
  V copyOfValue(V value) {
    return guarded("copy a value", () -> values.copy(value));
  }

  /** Why gets of this cache must go through the tiers. */
  Detours detours() {
    return detours;
  }

  /** Operations that failed because of the store. */
  long failureCount() {
    return failures.sum();
  }

  /**
   * What Ehcache's count of hits in the heap lacks: those of {@link #getAll} less the accesses, which
   * are no look-ups.
   */
  long heapHitsUncounted() {
    return bulkHeapHits.sum() - touches.sum();
  }

  /** The value, having been accessed; null on a miss. */
  @Nullable
  V get(K key) {
    return guarded("read an entry", () -> handOutOrNull(latest(keys.keep(key))));
  }

  /** What is kept, without counting as an access; null on a miss. */
  @Nullable
  Object peek(K key) {
    return guarded(
        "read an entry", () -> ExpiryAdapter.withoutAccess(() -> latest(keys.keep(key))));
  }

  private @Nullable Object latest(Object kept) {
    beforeReading.run();
    return ehcache.get(kept);
  }

  /** Does what comes before the heap is asked, for whoever asks it past {@link #get}. */
  void prepareReading() {
    run("read an entry", beforeReading);
  }

  /** Counts as an access, for the entry's expiry. */
  void touch(K key) {
    run("read an entry", () -> {
      if (ehcache.get(keys.keep(key)) != null) {
        touches.increment();
      }
    });
  }

  /** The entries that exist among these, having been accessed. */
  Map<K, V> getAll(Set<? extends K> wanted) {
    return guarded(
        "read entries", () -> handOutAll(getAllKept(keepAll(wanted), bulkHeapHits::add)));
  }

  /** As {@link #getAll}, without counting as an access. */
  Map<K, V> peekAll(Set<? extends K> wanted) {
    return guarded(
        "read entries",
        () ->
            ExpiryAdapter.withoutAccess(() -> handOutAll(getAllKept(keepAll(wanted), hits -> {}))));
  }

  private Map<K, V> handOutAll(Map<Object, Object> kept) {
    Map<K, V> found = new HashMap<>(2 * kept.size());
    kept.forEach((key, value) -> found.put(keys.handOut(key), values.handOut(value)));
    return found;
  }

  private Map<Object, Object> getAllKept(Set<Object> wanted, LongConsumer hitsInHeap) {
    beforeReading.run();
    long stamp = clearGate.stamp();
    FileAnswers.expect();
    try {
      Map<Object, Object> found = atomic.getAll(wanted);
      if (clearGate.isUndisturbed(stamp)) {
        hitsInHeap.accept(Math.max(0, found.size() - FileAnswers.count()));
        return found;
      }
      // Ehcache 3.11.1: while TieredStore.clear works, a bulk read finds nothing.
    } finally {
      FileAnswers.forget();
    }
    return getOneByOne(wanted);
  }

  private Map<Object, Object> getOneByOne(Set<Object> wanted) {
    Map<Object, Object> found = new HashMap<>();
    for (Object key : wanted) {
      Object value = ehcache.get(key);
      if (value != null) {
        found.put(key, value);
      }
    }
    return found;
  }

  boolean containsKey(K key) {
    return guarded("look for a key", () -> ehcache.containsKey(keys.keep(key)));
  }

  void put(K key, V value) {
    change("write an entry", () -> ehcache.put(keys.keep(key), values.keep(value)));
  }

  void putAll(Map<? extends K, ? extends V> entries) {
    change("write entries", () -> {
      Map<Object, Object> kept = new HashMap<>();
      entries.forEach((key, value) -> kept.put(keys.keep(key), values.keep(value)));
      ehcache.putAll(kept);
    });
  }

  @Nullable
  V getAndPut(K key, V value) {
    return changing(
        "write an entry",
        () -> handOutOrNull(atomic.getAndPut(keys.keep(key), values.keep(value))));
  }

  boolean putIfAbsent(K key, V value) {
    return changing(
        "write an absent entry",
        () -> ExpiryAdapter.withoutAccess(
            () -> ehcache.putIfAbsent(keys.keep(key), values.keep(value)) == null));
  }

  boolean remove(K key) {
    return changing("remove an entry", () -> atomic.remove(keys.keep(key)));
  }

  boolean remove(K key, V expected) {
    return changing(
        "remove an entry by value", () -> ehcache.remove(keys.keep(key), values.keep(expected)));
  }

  @Nullable
  V getAndRemove(K key) {
    return changing("remove an entry", () -> handOutOrNull(atomic.getAndRemove(keys.keep(key))));
  }

  @Nullable
  V replace(K key, V value) {
    return changing(
        "replace an entry",
        () -> handOutOrNull(ehcache.replace(keys.keep(key), values.keep(value))));
  }

  boolean replace(K key, V expected, V value) {
    return changing(
        "replace an entry by value",
        () -> ehcache.replace(keys.keep(key), values.keep(expected), values.keep(value)));
  }

  void removeAll(Set<? extends K> unwanted) {
    change("remove entries", () -> ehcache.removeAll(keepAll(unwanted)));
  }

  void clear() {
    run("clear all entries", () -> clearGate.clear(ehcache::clear));
  }

  /** The keys, weakly consistent. */
  Iterator<K> keyIterator() {
    Iterator<org.ehcache.Cache.Entry<Object, Object>> entries =
        guarded("iterate", () -> ExpiryAdapter.withoutAccess(ehcache::iterator));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return guarded("iterate", () -> ExpiryAdapter.withoutAccess(entries::hasNext));
      }

      @Override
      public K next() {
        return guarded(
            "iterate",
            () -> keys.handOut(ExpiryAdapter.withoutAccess(() -> entries.next().getKey())));
      }
    };
  }

  /**
   * Writes a value, or removes the entry, if the entry is still the one that was read before. Within
   * this process the caller's key lock sees to that, but for {@code clear}, expiry and eviction; another
   * process may have written meanwhile.
   *
   * @param before what {@link #peek} returned
   * @param value the new value, or null to remove
   * @return false if another value is there now; nothing was changed
   */
  boolean installIfUnchanged(K key, @Nullable Object before, @Nullable V value) {
    Object kept = this.<@Nullable Object>guarded(
        "write an entry", () -> value == null ? null : values.keep(value));
    boolean[] changedMeanwhile = new boolean[1];
    change(
        "write an entry",
        () -> ExpiryAdapter.<@Nullable Object>withoutAccess(() -> {
          atomic.compute(
              keys.keep(key),
              (sameKey, current) -> {
                changedMeanwhile[0] = !isUnchanged(before, current);
                return changedMeanwhile[0] ? current : kept;
              },
              () -> !changedMeanwhile[0],
              () -> false,
              () -> !changedMeanwhile[0]);
          return null;
        }));
    return !changedMeanwhile[0];
  }

  private boolean isUnchanged(@Nullable Object before, @Nullable Object current) {
    if (before == null || current == null) {
      return before == current;
    }
    return values.writtenAlike(before, current);
  }

  /** Takes the lease of a key, if nobody has it. */
  Optional<KeyLeases<Object>.Held> lease(KeyLeases<Object> leases, K key, Duration lease) {
    return guarded("acquire a lease", () -> leases.tryAcquire(keys.keep(key), lease));
  }

  /** Writes the value and ends the lease; false if the lease was lost, and nothing was written. */
  boolean putIfHeld(KeyLeases<Object>.Held lease, K key, V value) {
    return changing(
        "write an entry",
        () -> lease.writeIfHeld(() -> ehcache.put(keys.keep(key), values.keep(value))));
  }

  /** Ends a lease. */
  void end(KeyLeases<Object>.Held lease) {
    run("release a lease", lease::close);
  }

  /** Whether a kept value equals this one, as {@code replace} and {@code remove} compare. */
  boolean isEqual(Object kept, V value) {
    return guarded("compare an entry", () -> kept.equals(values.keep(value)));
  }

  private @Nullable V handOutOrNull(@Nullable Object kept) {
    return kept == null ? null : values.handOut(kept);
  }

  private Set<Object> keepAll(Set<? extends K> callers) {
    Set<Object> kept = new HashSet<>(2 * callers.size());
    callers.forEach(key -> kept.add(keys.keep(key)));
    return kept;
  }

  private void change(String action, Runnable work) {
    run(
        action,
        () -> clearGate.change(() -> {
          work.run();
          return Boolean.TRUE;
        }));
  }

  private <T extends @Nullable Object> T changing(String action, Supplier<T> work) {
    return guarded(action, () -> clearGate.<T>change(work));
  }

  private void correct(AccessCorrection correction) {
    // An equal value is an access to the tier, which obeys every expiry. The heap alone takes
    // one over only with a new value; nobody hears of that update, see EntryListeners.
    boolean asUpdate = accesses == Accesses.CORRECTED_IN_THE_HEAP;
    correction.carryOut(() -> atomic.compute(
        correction.key(),
        (sameKey, current) -> {
          correction.meets(current);
          return current;
        },
        () -> asUpdate,
        () -> false,
        () -> false));
  }

  private void run(String action, Runnable work) {
    this.<@Nullable Object>guarded(action, () -> {
      work.run();
      return null;
    });
  }

  <T extends @Nullable Object> T guarded(String action, Supplier<T> work) {
    try {
      T result = work.get();
      if (accesses != Accesses.LEFT_TO_THE_HEAP) {
        AccessCorrection.take().forEach(this::correct);
      }
      return result;
    } catch (RuntimeException e) {
      RuntimeException translated = Failures.translate(action, name, e);
      if (translated instanceof javax.cache.CacheException) {
        if (isClosed.getAsBoolean()) {
          throw new IllegalStateException(
              "Could not " + action + ": cache '" + name + "' was closed meanwhile", translated);
        }
        failures.increment();
      }
      throw translated;
    }
  }
}
