package io.holdfast.response;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One computation under way, and everybody who waits for it.
 *
 * <p>Waiting for a flight that waits for oneself would never end: a computation that asks for its own
 * key, or two that ask for each other's. So each waiting thread notes down what it waits for, then
 * follows the notes from the flight's leader on; coming back to itself it refuses to wait. Of several
 * threads that close a circle at the same time the last to note down sees the whole of it.
 */
final class Flight<T> {

  // Across all response caches: a circle may go through several. Holds a thread only while it
  // waits.
  private static final Map<Thread, Flight<?>> WAITING = new ConcurrentHashMap<>();

  private final String key;
  private final Thread leader = Thread.currentThread();
  private final CountDownLatch landed = new CountDownLatch(1);
  private volatile @Nullable Landing<T> landing;
  private volatile boolean superseded;

  Flight(String key) {
    this.key = key;
  }

  String key() {
    return key;
  }

  /** The table changed under the computation: its answer is for those who wait, not for the cache. */
  void supersede() {
    superseded = true;
  }

  boolean isSuperseded() {
    return superseded;
  }

  /** Lets go those who wait; by the leader only, and only the first landing counts. */
  void land(Landing<T> how) {
    if (landing == null) {
      landing = how;
      landed.countDown();
    }
  }

  /**
   * Waits for the landing.
   *
   * @param maxWait or null to wait as long as it takes
   * @throws IllegalStateException if this thread's own computation would have to end first
   * @throws CoalescedWaitException if interrupted or out of time
   */
  Landing<T> await(@Nullable Duration maxWait) {
    Landing<T> now = landing;
    if (now != null) {
      return now;
    }
    Thread me = Thread.currentThread();
    // A thread waits for one flight at a time, so the place is free.
    WAITING.put(me, this);
    try {
      refuseCircle(me);
      if (maxWait == null) {
        landed.await();
      } else if (!landed.await(maxWait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new CoalescedWaitException(
            "another thread's call for the same key took longer than " + maxWait,
            new TimeoutException());
      }
    } catch (InterruptedException e) {
      me.interrupt();
      throw new CoalescedWaitException(
          "interrupted while another thread was computing the same key", e);
    } finally {
      WAITING.remove(me);
    }
    Landing<T> result = landing;
    if (result == null) {
      throw new IllegalStateException("the latch opens after the landing is set");
    }
    return result;
  }

  private void refuseCircle(Thread me) {
    Flight<?> next = this;
    // The graph has at most one edge per thread, and a circle without me has been refused to
    // others.
    while (next != null && next.landing == null) {
      if (next.leader == me) {
        throw new IllegalStateException(
            "a computation asked, directly or through another one, for the key it is computing");
      }
      next = WAITING.get(next.leader);
    }
  }

  /** How a computation ended. */
  sealed interface Landing<T> {

    record Answered<T>(Answer<T> answer) implements Landing<T> {}

    record Failed<T>(Throwable failure) implements Landing<T> {}

    /** The leader was cancelled, which says nothing about the call: somebody else may take over. */
    record Abandoned<T>() implements Landing<T> {}
  }
}
