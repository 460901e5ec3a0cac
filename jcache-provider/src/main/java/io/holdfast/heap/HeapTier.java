package io.holdfast.heap;

import io.holdfast.tier.FileAnswer;
import io.holdfast.tier.HeapCopies;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.ehcache.config.ResourcePools;
import org.ehcache.config.ResourceType;
import org.ehcache.core.CacheConfigurationChangeEvent;
import org.ehcache.core.CacheConfigurationChangeListener;
import org.ehcache.core.CacheConfigurationProperty;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.ehcache.core.spi.store.tiering.CachingTier;
import org.ehcache.core.spi.time.TimeSource;
import org.ehcache.expiry.ExpiryPolicy;
import org.ehcache.impl.store.HashUtils;
import org.ehcache.spi.resilience.StoreAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Copies of entries of the tier below, at most so many, in a map of their keys. Safe from any thread.
 *
 * <p>A copy goes when its entry changes, when it has expired, or when another needs the room. Then, but
 * for {@link #clear}, the tier below hears from it when it was last used and when it expires; that call
 * is made under the lock of a bin of the map, so nothing that it does may come back here.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class HeapTier<K, V> implements CachingTier<K, V>, HeapCopies<K> {
  private static final Logger logger = System.getLogger(HeapTier.class.getName());

  /** A miss brings one copy in and gives two up, if it must, so the tier comes back to its limit. */
  private static final int EVICTIONS_PER_MISS = 2;

  /** A victim may be gone before it is evicted. */
  private static final int ATTEMPTS_PER_MISS = 4;

  private final ConcurrentHashMap<K, Slot<K, V>> slots = new ConcurrentHashMap<>();
  private final EvictionHand<K, V> hand = new EvictionHand<>(slots.values());
  private final ExpiryPolicy<? super K, ? super V> expiry;
  private final AccessClock clock;
  private final LongAdder hits = new LongAdder();
  private volatile long maxEntries;
  private volatile InvalidationListener<K, V> below = (key, copy) -> {};
  private volatile @Nullable Runnable beforeReading;

  HeapTier(long maxEntries, ExpiryPolicy<? super K, ? super V> expiry, TimeSource clock) {
    this.maxEntries = maxEntries;
    this.expiry = expiry;
    this.clock = new AccessClock(clock);
  }

  /** How many entries it holds now. */
  public long size() {
    return slots.mappingCount();
  }

  /** Reads that it answered, but for those of {@link #find}. */
  public long hitCount() {
    return hits.sum();
  }

  /**
   * The value of a live copy, which counts as an access; for a cache whose expiry policy has nothing to
   * say about accesses. Takes no lock and allocates nothing. The stamp of the access is about a second
   * exact.
   *
   * @return null if there is no such copy, or something has to be done first: then {@link
   *     #getOrComputeIfAbsent} knows
   */
  public @Nullable V find(Object key) {
    if (beforeReading != null) {
      return null;
    }
    // A string is looked up by itself: there the compiler knows whose hash and equality to inline.
    Slot<K, V> slot = key instanceof String string ? slots.get(string) : slots.get(key);
    if (slot instanceof Copy<K, V> copy) {
      if (copy.livesForEver()) {
        copy.usedAt(clock.stampMillis());
        return copy.get();
      }
      long nowMillis = clock.nowMillis();
      if (!copy.isExpired(nowMillis)) {
        copy.usedAt(nowMillis);
        return copy.get();
      }
    }
    return null;
  }

  @Override
  public void beforeReading(@Nullable Runnable wanted) {
    beforeReading = wanted;
  }

  @Override
  public long mostCopies() {
    return maxEntries;
  }

  private void prepareReading() {
    Runnable wanted = beforeReading;
    if (wanted != null) {
      wanted.run();
    }
  }

  @Override
  public @Nullable ValueHolder<V> getOrComputeIfAbsent(
      K key, Function<K, @Nullable ValueHolder<V>> source) throws StoreAccessException {
    try {
      prepareReading();
      while (true) {
        long nowMillis = clock.nowMillis();
        Slot<K, V> present = slots.get(key);
        if (present == null) {
          Fault<K, V> fault = new Fault<>(() -> source.apply(key));
          present = slots.putIfAbsent(key, fault);
          if (present == null) {
            return take(key, fault, nowMillis);
          }
        }
        if (!(present instanceof Copy<K, V> copy)) {
          return counted(present.holder());
        }
        if (!copy.isExpired(nowMillis)) {
          access(copy, nowMillis);
          return counted(copy);
        }
        giveUp(copy); // and ask below: the entry may have been renewed there
      }
    } catch (RuntimeException | Error e) {
      throw new StoreAccessException(e); // Ehcache's TieredStore unwraps what its source threw
    }
  }

  private @Nullable ValueHolder<V> counted(@Nullable ValueHolder<V> answer) {
    if (answer != null) {
      hits.increment();
    }
    return answer;
  }

  private void access(Copy<K, V> copy, long nowMillis) {
    Duration lives = expiryForAccess(copy.key(), copy);
    if (Duration.ZERO.equals(lives)) {
      giveUp(copy);
    } else {
      copy.accessed(nowMillis, lives);
    }
  }

  private @Nullable Duration expiryForAccess(K key, ValueHolder<V> holder) {
    try {
      Duration lives = expiry.getExpiryForAccess(key, holder);
      return lives != null && lives.isNegative() ? Duration.ZERO : lives;
    } catch (RuntimeException e) {
      logger.log(Level.WARNING, () -> "An expiry policy failed; the entry expires at once", e);
      return Duration.ZERO;
    }
  }

  /** Puts what the fault reads in its place, if nobody has taken the fault away meanwhile. */
  private @Nullable ValueHolder<V> take(K key, Fault<K, V> fault, long nowMillis) {
    try {
      ValueHolder<V> read = fault.holder();
      if (read == null) {
        slots.remove(key, fault);
        return null;
      }
      Duration lives = expiryForAccess(key, read);
      Copy<K, V> copy = new Copy<>(key, read, nowMillis, lives);
      if (Duration.ZERO.equals(lives)) {
        handBack(fault, copy);
        return read;
      }
      if (slots.replace(key, fault, copy)) {
        evictSurplus();
        return copy;
      }
      // The entry changed, and what the tier below noted of this reading may have hidden what it
      // noted of a later one. So no copy stays.
      Slot<K, V> later = removeAny(key);
      ValueHolder<V> newer = later == null ? null : later.holder();
      return newer == null ? copy : newer.isExpired(nowMillis) ? null : newer;
    } catch (RuntimeException | Error e) {
      slots.remove(key, fault);
      throw e;
    }
  }

  private void handBack(Fault<K, V> fault, Copy<K, V> copy) {
    slots.computeIfPresent(copy.key(), (key, present) -> {
      if (present != fault) {
        return present;
      }
      below.onInvalidation(key, copy);
      return null;
    });
  }

  private void evictSurplus() {
    int evicted = 0;
    for (int i = 0; i < ATTEMPTS_PER_MISS && evicted < EVICTIONS_PER_MISS; i++) {
      if (slots.mappingCount() <= maxEntries) {
        return;
      }
      Copy<K, V> victim = hand.next();
      if (victim != null && giveUp(victim)) {
        evicted++;
      }
    }
  }

  /** Removes this very copy; false if it is not there any more. */
  private boolean giveUp(Copy<K, V> copy) {
    boolean[] wasThere = new boolean[1];
    slots.computeIfPresent(copy.key(), (key, present) -> {
      if (present != copy) {
        return present;
      }
      wasThere[0] = true;
      below.onInvalidation(key, copy);
      return null;
    });
    return wasThere[0];
  }

  private @Nullable Slot<K, V> removeAny(K key) {
    List<Slot<K, V>> removed = new ArrayList<>(1);
    slots.computeIfPresent(key, (sameKey, present) -> {
      removed.add(present);
      if (present instanceof Copy<K, V> copy) {
        below.onInvalidation(sameKey, copy);
      }
      return null;
    });
    return removed.isEmpty() ? null : removed.get(0);
  }

  @Override
  public @Nullable ValueHolder<V> getOrDefault(K key, Function<K, @Nullable ValueHolder<V>> source)
      throws StoreAccessException {
    try {
      prepareReading();
      Slot<K, V> present = slots.get(key);
      if (present == null) {
        return source.apply(key);
      }
      if (present instanceof Copy<K, V> copy && copy.isExpired(clock.nowMillis())) {
        giveUp(copy);
        return null;
      }
      return present.holder();
    } catch (RuntimeException e) {
      throw new StoreAccessException(e);
    }
  }

  /** Reads all that it lacks by one call, then installs what was read, one by one. */
  @Override
  public Map<K, ValueHolder<V>> bulkGetOrComputeIfAbsent(
      Iterable<? extends K> keys,
      Function<
              Set<? extends K>,
              Iterable<? extends Map.Entry<? extends K, ? extends ValueHolder<V>>>>
          source)
      throws StoreAccessException {
    try {
      prepareReading();
      int expected = keys instanceof Collection<?> all ? all.size() : 16;
      Map<K, ValueHolder<V>> found = new HashMap<>(2 * expected);
      Set<K> missing = new HashSet<>(2 * expected);
      for (K key : keys) {
        ValueHolder<V> copy = accessed(key);
        if (copy == null) {
          missing.add(key);
        } else {
          found.put(key, copy);
        }
      }
      long room = maxEntries - found.size();
      for (Map.Entry<? extends K, ? extends ValueHolder<V>> read : source.apply(missing)) {
        if (room-- > 0) {
          getOrComputeIfAbsent(read.getKey(), key -> read.getValue());
        }
        found.put(read.getKey(), answer(read));
      }
      return found;
    } catch (RuntimeException e) {
      throw new StoreAccessException(e);
    }
  }

  @SuppressWarnings("unchecked") // an answer's holder is of the type that its entry names
  private @Nullable ValueHolder<V> answer(Map.Entry<? extends K, ? extends ValueHolder<V>> read) {
    return read instanceof FileAnswer<?, ?> answer
        ? (ValueHolder<V>) answer.asRead()
        : read.getValue();
  }

  // A key that another thread is reading counts as missing: the two readings do not disturb each
  // other, while waiting here would hold up all the other keys.
  private @Nullable ValueHolder<V> accessed(K key) {
    if (!(slots.get(key) instanceof Copy<K, V> copy)) {
      return null;
    }
    long nowMillis = clock.nowMillis();
    if (copy.isExpired(nowMillis)) {
      giveUp(copy);
      return null;
    }
    access(copy, nowMillis);
    return copy;
  }

  @Override
  public void invalidate(K key) {
    if (slots.containsKey(key)) {
      removeAny(key);
    }
  }

  @Override
  public void forget(K key) {
    invalidate(key);
  }

  @Override
  public void invalidateAll() {
    slots.keySet().forEach(this::removeAny);
  }

  /** Looks at every key; the tier below uses {@link #forget} instead. */
  @Override
  public void invalidateAllWithHash(long hash) {
    for (K key : slots.keySet()) {
      if (HashUtils.intHashToLong(key.hashCode()) == hash) {
        removeAny(key);
      }
    }
  }

  /** Gives up all copies; the tier below hears nothing, its own entries are gone. */
  @Override
  public void clear() {
    slots.clear();
  }

  @Override
  public void tick() {
    clock.nowMillis();
  }

  @Override
  public void setInvalidationListener(InvalidationListener<K, V> listener) {
    below = listener;
  }

  /** Follows a change of the number of entries, which takes effect with the misses to come. */
  @Override
  public List<CacheConfigurationChangeListener> getConfigurationChangeListeners() {
    return List.of(this::resize);
  }

  private void resize(CacheConfigurationChangeEvent change) {
    if (change.getProperty() == CacheConfigurationProperty.UPDATE_SIZE) {
      maxEntries = ((ResourcePools) change.getNewValue())
          .getPoolForResource(ResourceType.Core.HEAP)
          .getSize();
    }
  }

  @Override
  public String toString() {
    return "HeapTier[" + size() + " of " + maxEntries + " entries]";
  }
}
