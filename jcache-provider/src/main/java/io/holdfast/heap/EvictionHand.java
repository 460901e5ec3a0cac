package io.holdfast.heap;

import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Finds copies to give up: a hand walks round the map, and of each few copies that it passes names the
 * one that was unused for longest. The map's order has nothing to do with use, so those few are a
 * sample. Needs no memory per entry and nothing of a hit but its time stamp.
 */
final class EvictionHand<K, V> {
  static final int WINDOW = 8;

  private final Collection<Slot<K, V>> slots;
  private Iterator<Slot<K, V>> hand;

  /**
   * A hand on its first position.
   *
   * @param slots a live and weakly consistent view
   */
  EvictionHand(Collection<Slot<K, V>> slots) {
    this.slots = slots;
    this.hand = slots.iterator();
  }

  /** The next victim, or null if there is no copy. It may have left the map meanwhile. */
  synchronized @Nullable Copy<K, V> next() {
    Copy<K, V> oldest = null;
    int rounds = 0;
    for (int seen = 0; seen < WINDOW; ) {
      if (!hand.hasNext()) {
        if (rounds++ > 0) {
          break;
        }
        hand = slots.iterator();
      } else if (hand.next() instanceof Copy<K, V> copy) {
        seen++;
        if (oldest == null || copy.lastAccessTime() < oldest.lastAccessTime()) {
          oldest = copy;
        }
      }
    }
    return oldest;
  }
}
