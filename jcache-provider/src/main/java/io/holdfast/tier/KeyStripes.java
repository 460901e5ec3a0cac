package io.holdfast.tier;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One reentrant lock for each of many stripes of keys. Operations on one key take one stripe; bulk
 * operations take theirs in the order of the stripes.
 */
final class KeyStripes {
  private static final int STRIPES = 1 << 10;

  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

  KeyStripes() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  /** The stripe of a key; equal keys share one. */
  static int stripeOf(Object key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return (hash ^ hash >>> 16) & (STRIPES - 1);
  }

  static int stripeCount() {
    return STRIPES;
  }

  ReentrantLock lock(Object key) {
    ReentrantLock stripe = stripes[stripeOf(key)];
    stripe.lock();
    return stripe;
  }

  List<ReentrantLock> lockAll(Collection<?> keys) {
    var order = new TreeSet<Integer>();
    for (Object key : keys) {
      order.add(stripeOf(key));
    }
    var locked = new ArrayList<ReentrantLock>(order.size());
    for (int stripe : order) {
      stripes[stripe].lock();
      locked.add(stripes[stripe]);
    }
    return locked;
  }

  /**
   * Locks the stripes of those keys that nobody else works on, and waits for none.
   *
   * @param free gets these keys
   */
  <K> List<ReentrantLock> tryLockAll(Collection<? extends K> keys, Collection<? super K> free) {
    var locked = new ArrayList<ReentrantLock>(keys.size());
    for (K key : keys) {
      ReentrantLock stripe = stripes[stripeOf(key)];
      if (stripe.tryLock()) {
        locked.add(stripe);
        free.add(key);
      }
    }
    return locked;
  }

  static void unlockAll(List<ReentrantLock> locked) {
    for (int i = locked.size() - 1; i >= 0; i--) {
      locked.get(i).unlock();
    }
  }
}
