package io.holdfast.response;

import java.time.InstantSource;

/**
 * Leaves a failing cache alone: after so many failures in a row nobody asks it for a while, then one
 * caller tries, and its luck decides. Safe from any thread.
 */
final class Circuit {

  private final InstantSource clock;
  private final int failuresToOpen;
  private final long pauseMillis;

  private int failuresInARow;
  private boolean open;
  private long tryAgainAtMillis;

  Circuit(InstantSource clock, int failuresToOpen, long pauseMillis) {
    this.clock = clock;
    this.failuresToOpen = failuresToOpen;
    this.pauseMillis = pauseMillis;
  }

  /** Whether the cache may be asked now; while open, true for one caller per pause. */
  synchronized boolean admits() {
    if (!open) {
      return true;
    }
    long nowMillis = clock.millis();
    if (nowMillis < tryAgainAtMillis) {
      return false;
    }
    tryAgainAtMillis = nowMillis + pauseMillis;
    return true;
  }

  /** The cache answered; true if it had been left alone until now. */
  synchronized boolean succeeded() {
    failuresInARow = 0;
    boolean wasOpen = open;
    open = false;
    return wasOpen;
  }

  /** The cache failed; true if it is left alone from now on. */
  synchronized boolean failed() {
    failuresInARow++;
    if (failuresInARow < failuresToOpen) {
      return false;
    }
    boolean opens = !open;
    open = true;
    tryAgainAtMillis = clock.millis() + pauseMillis;
    return opens;
  }

  synchronized boolean isOpen() {
    return open;
  }
}
