package io.holdfast.tier;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehcache.core.spi.store.Store.RemoveStatus;
import org.ehcache.core.spi.store.Store.ReplaceStatus;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.jspecify.annotations.Nullable;

/** What each operation decides at its turn. Runs user code, under the key's lock. */
record Decisions<K, V>(Class<V> valueType) {

  /** A user's function of a key and its value, null standing for no entry. */
  interface Remapping<K, V> extends BiFunction<K, @Nullable V, @Nullable V> {}

  /**
   * Creates, updates or, where the function gives null, removes the entry. A value equal to the old
   * one is only an access, unless it shall be replaced.
   *
   * @return the entry as it is afterwards, or null
   */
  @Nullable
  ValueHolder<V> computeAndGet(
      Turn<K, V> turn, Remapping<K, V> function, Supplier<Boolean> replaceEqual) {
    Row<V> live = turn.live();
    turn.buryTheDead();
    V computed = check(function.apply(turn.key(), live == null ? null : live.value()));
    if (computed == null) {
      if (live != null) {
        turn.remove(live);
      }
      return null;
    }
    if (live == null) {
      return turn.create(computed);
    }
    // Compared with a fresh copy: the function may have changed the one it was given.
    if (!replaceEqual.get() && computed.equals(live.ownValue())) {
      return turn.touch(live);
    }
    return turn.update(live, computed);
  }

  /** As {@link #computeAndGet}, always replacing; returns the entry as it was before, or null. */
  @Nullable
  ValueHolder<V> getAndCompute(Turn<K, V> turn, Remapping<K, V> function) {
    Row<V> live = turn.live();
    turn.buryTheDead();
    V computed = check(function.apply(turn.key(), live == null ? null : live.value()));
    if (computed == null) {
      if (live != null) {
        turn.remove(live);
      }
    } else if (live == null) {
      turn.create(computed);
    } else {
      turn.update(live, computed);
    }
    return live == null ? null : live.holder();
  }

  boolean remove(Turn<K, V> turn) {
    Row<V> live = turn.live();
    turn.buryTheDead();
    if (live != null) {
      turn.remove(live);
    }
    return live != null;
  }

  RemoveStatus removeIfEqual(Turn<K, V> turn, V value) {
    Row<V> live = turn.live();
    turn.buryTheDead();
    if (live == null) {
      return RemoveStatus.KEY_MISSING;
    }
    if (!value.equals(live.value())) {
      turn.touch(live);
      return RemoveStatus.KEY_PRESENT;
    }
    turn.remove(live);
    return RemoveStatus.REMOVED;
  }

  /** Returns the entry as it was before, or null if there was none. */
  @Nullable
  ValueHolder<V> replace(Turn<K, V> turn, V value) {
    Row<V> live = turn.live();
    turn.buryTheDead();
    if (live == null) {
      return null;
    }
    turn.update(live, value);
    return live.holder();
  }

  ReplaceStatus replaceIfEqual(Turn<K, V> turn, V oldValue, V newValue) {
    Row<V> live = turn.live();
    turn.buryTheDead();
    if (live == null) {
      return ReplaceStatus.MISS_NOT_PRESENT;
    }
    if (!oldValue.equals(live.value())) {
      turn.touch(live);
      return ReplaceStatus.MISS_PRESENT;
    }
    turn.update(live, newValue);
    return ReplaceStatus.HIT;
  }

  /**
   * Creates the entry if there is none.
   *
   * @param put told whether it was created
   * @return the entry that was there, or null
   */
  @Nullable
  ValueHolder<V> putIfAbsent(Turn<K, V> turn, V value, Consumer<Boolean> put) {
    Row<V> live = turn.live();
    turn.buryTheDead();
    if (live != null) {
      put.accept(false); // an attempt that another process overtook may have said otherwise
      return turn.touch(live);
    }
    put.accept(turn.create(value) != null);
    return null;
  }

  /** An entry that was there, or was loaded; null if there was none and the loader gave none. */
  record Loaded<V>(@Nullable ValueHolder<V> holder, boolean wasPresent) {
    <E> E outcome(E present, E created, E nothing) {
      return wasPresent ? present : holder == null ? nothing : created;
    }
  }

  /** As {@link #load}, where there is no entry; where there is, what is done with it. */
  Loaded<V> loadIfAbsent(
      Turn<K, V> turn,
      Function<? super K, ? extends V> function,
      Function<Row<V>, @Nullable ValueHolder<V>> whenPresent) {
    Row<V> live = turn.live();
    turn.buryTheDead();
    return live == null
        ? new Loaded<>(load(turn, function), false)
        : new Loaded<>(whenPresent.apply(live), true);
  }

  /** Creates what the function gives; also a value that expires at once is returned this one time. */
  @Nullable
  ValueHolder<V> load(Turn<K, V> turn, Function<? super K, ? extends V> function) {
    V loaded = check(function.apply(turn.key()));
    if (loaded == null) {
      return null;
    }
    RowHolder<V> created = turn.create(loaded);
    return created == null ? turn.stillborn(loaded) : created;
  }

  private @Nullable V check(@Nullable V computed) {
    if (computed != null && !valueType.isInstance(computed)) {
      throw new ClassCastException("Expected a " + valueType.getName() + ", computed a "
          + computed.getClass().getName());
    }
    return computed;
  }
}
