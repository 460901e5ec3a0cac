package io.holdfast.tier;

/** A heap tier that this tier can tell by key what it tells Ehcache's by hash. */
public interface HeapCopies<K> {

  /**
   * Gives up the copy of this entry, or the reading of it that is under way, after handing back what it
   * knows of it. To be called with nothing locked.
   */
  void forget(K key);

  /** Learns what time it is, from time to time. */
  void tick();
}
