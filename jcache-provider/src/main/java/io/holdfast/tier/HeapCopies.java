package io.holdfast.tier;

import org.jspecify.annotations.Nullable;

/** A heap tier that this tier can tell by key what it tells Ehcache's by hash. */
public interface HeapCopies<K> {

  /**
   * Gives up the copy of this entry, or the reading of it that is under way, after handing back what it
   * knows of it. To be called with nothing locked.
   */
  void forget(K key);

  /**
   * Has each read that begins from now on do this first, with nothing locked; null for nothing. Whatever
   * that throws is thrown by the read.
   */
  void beforeReading(@Nullable Runnable wanted);

  /** How many copies it may hold, as things stand. */
  long mostCopies();

  /** Learns what time it is, from time to time. */
  void tick();
}
