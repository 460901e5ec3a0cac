package io.holdfast.tier;

import io.holdfast.store.Change.Expectation;
import io.holdfast.store.LeaseLostException;
import org.jspecify.annotations.Nullable;

/** Lets what a thread writes for one key come about only in the transaction that also ends a lease. */
final class Fence {
  // Ehcache's methods between the caller and the tier have no parameter for it.
  private static final ThreadLocal<@Nullable Fence> CURRENT = new ThreadLocal<>();

  private final Object key;
  private final long token;

  private Fence(Object key, long token) {
    this.key = key;
    this.token = token;
  }

  /** What is expected of this key's row, and of the lease that the thread writes under. */
  static Expectation over(Object key, Expectation row) {
    Fence fence = CURRENT.get();
    return fence != null && fence.key.equals(key) ? Expectation.held(fence.token, row) : row;
  }

  /** Runs the write; false if the lease was lost and nothing was written. */
  static boolean write(Object key, long token, Runnable write) {
    CURRENT.set(new Fence(key, token));
    try {
      write.run();
      return true;
    } catch (RuntimeException e) {
      if (isOfTheLease(e)) {
        return false;
      }
      throw e;
    } finally {
      CURRENT.remove();
    }
  }

  private static boolean isOfTheLease(Throwable thrown) {
    for (@Nullable Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof LeaseLostException) {
        return true;
      }
    }
    return false;
  }
}
