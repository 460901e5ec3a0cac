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
  /** Odd while a clear is under way. */
  private final AtomicLong clears = new AtomicLong();

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
      work.run(); // user code inside a change, such as an expiry policy: it would wait for itself
      return;
    }
    gate.writeLock().lock();
    try {
      clears.incrementAndGet();
      try {
        work.run();
      } finally {
        clears.incrementAndGet();
      }
    } finally {
      gate.writeLock().unlock();
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
