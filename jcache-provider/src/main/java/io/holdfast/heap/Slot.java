package io.holdfast.heap;

import org.ehcache.core.spi.store.Store.ValueHolder;
import org.jspecify.annotations.Nullable;

/** What the heap has for a key: a copy of its entry, or the reading of it that is under way. */
sealed interface Slot<K, V> permits Copy, Fault {

  /**
   * The entry; waits for a reading that is under way, or does it.
   *
   * @return null if there is no entry
   */
  @Nullable
  ValueHolder<V> holder();
}
