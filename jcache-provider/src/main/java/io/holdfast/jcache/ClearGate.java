package io.holdfast.jcache;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets changes of entries in together, and {@code clear} alone.
 *
 * <p>While Ehcache's {@code TieredStore} clears itself it takes its heap tier away. A change in that
 * time cannot tell the heap to forget the old value, and a reader that came earlier may just be
 * bringing it in; it would be served from then on. Bulk reads in that time find nothing at all.
 */
final class ClearGate {
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  private final Detours detours;
  /** Odd while a clear is under way. */
  private final AtomicLong clears = new AtomicLong();

  /**
   * A gate of one cache.
   *
   * @param detours told while a clear is under way: entries leave the file before they leave the heap
   */
  ClearGate(Detours detours) {
    this.detours = detours;
  }

  /** Changes entries, when no clear is under way. */
  <T extends @Nullable Object> T change(Supplier<T> work) {
    gate.readLock().lock();
    try {
      return work.get();
    } finally {
      gate.readLock().unlock();
    }
  }

  /** Clears, when no change is under way. */
  void clear(Runnable work) {
    if (gate.getReadHoldCount() > 0) {
      clearWithDetours(
          work); // user code inside a change, such as an expiry policy: it would wait for itself
      return;
    }
    gate.writeLock().lock();
    try {
      clears.incrementAndGet();
      try {
        clearWithDetours(work);
      } finally {
        clears.incrementAndGet();
      }
    } finally {
      gate.writeLock().unlock();
    }
  }

  private void clearWithDetours(Runnable work) {
    detours.begin();
    try {
      work.run();
    } finally {
      detours.end();
    }
  }

  /** To be taken before a read that a clear would disturb. */
  long stamp() {
    return clears.get();
  }

  boolean isUndisturbed(long stamp) {
    return (stamp & 1) == 0 && clears.get() == stamp;
  }
}
