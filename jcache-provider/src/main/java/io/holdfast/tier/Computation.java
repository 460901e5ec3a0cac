package io.holdfast.tier;

import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.jspecify.annotations.Nullable;

/** What a computed value does to its entry. Runs user code, under the key's lock. */
record Computation<K, V>(Class<V> valueType) {

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

  private @Nullable V check(@Nullable V computed) {
    if (computed != null && !valueType.isInstance(computed)) {
      throw new ClassCastException("Expected a " + valueType.getName() + ", computed a "
          + computed.getClass().getName());
    }
    return computed;
  }
}
