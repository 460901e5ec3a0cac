package io.holdfast.jcache;

/**
 * Why a get must not take a copy straight from the heap just now: somebody listens to the cache, or it is
 * being cleared. One look at a counter tells.
 */
final class Detours {
  private volatile int reasons;

  /** Every get that begins from now on goes through the tiers, until the matching {@link #end}. */
  synchronized void begin() {
    reasons = reasons + 1;
  }

  synchronized void end() {
    reasons = reasons - 1;
  }

  boolean areNeeded() {
    return reasons != 0;
  }
}
