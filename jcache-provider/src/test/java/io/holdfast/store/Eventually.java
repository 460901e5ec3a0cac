package io.holdfast.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other threads and processes bring about and give no sign of. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private Eventually() {}

  /** May be false for a while. */
  @FunctionalInterface
  public interface Condition {
    boolean isTrue() throws Exception;
  }

  /**
   * Returns as soon as the condition is seen to be true.
   *
   * @throws AssertionError if it is not within half a minute
   */
  public static void eventually(String what, Condition condition) throws Exception {
    long startNanos = System.nanoTime();
    while (!condition.isTrue()) {
      if (System.nanoTime() - startNanos > PATIENCE.toNanos()) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    }
  }
}
