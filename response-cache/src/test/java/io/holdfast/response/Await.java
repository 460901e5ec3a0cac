package io.holdfast.response;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Waits for a state that a test brought about, for as long as a busy machine may need. */
final class Await {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Await() {}

  static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Until the thread waits for another one's call, and not for the cache. */
  static void waiting(Thread thread) {
    until(
        thread + " waits",
        () -> (thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING)
            && Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(Flight.class.getName())));
  }
}
