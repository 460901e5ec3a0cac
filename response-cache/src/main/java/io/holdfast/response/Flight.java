package io.holdfast.response;

import io.holdfast.response.spi.ResponseLeases;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One computation under way, and everybody who waits for it.
 *
 * <p>Waiting for a flight that waits for oneself would never end: a computation that asks for its own
 * key, or two that ask for each other's. So each waiting thread notes down what it waits for, then
 * follows the notes from the flight's leader on; coming back to itself it refuses to wait. Of several
 * threads that close a circle at the same time the last to note down sees the whole of it. A flight
 * whose computation left its thread (a future, a stream) leads to no thread, and ends that search.
 */
final class Flight<T> {

  // Across all response caches: a circle may go through several. Holds a thread only while it
  // waits.
  private static final Map<Thread, Flight<?>> WAITING = new ConcurrentHashMap<>();

  private final Call call;
  private final CompletableFuture<Landing<T>> landed = new CompletableFuture<>();
  private volatile @Nullable Thread leader = Thread.currentThread();
  private volatile boolean superseded;
  private volatile ResponseLeases.@Nullable Held lease;

  Flight(Call call) {
    this.call = call;
  }

  Call call() {
    return call;
  }

  String key() {
    return call.key();
  }

  /** The table changed under the computation: its answer is for those who wait, not for the cache. */
  void supersede() {
    superseded = true;
  }

  boolean isSuperseded() {
    return superseded;
  }

  /** The computation goes on without this thread. */
  void leaveThread() {
    leader = null;
  }

  /** The right to compute among all processes, or null if nobody gave one. */
  ResponseLeases.@Nullable Held lease() {
    return lease;
  }

  void lease(ResponseLeases.@Nullable Held held) {
    lease = held;
  }

  /** Lets go those who wait; by the leader only, and only the first landing counts. */
  void land(Landing<T> how) {
    landed.complete(how);
  }

  /** The landing, for those who do not block; runs nothing of theirs on the leader's thread. */
  CompletableFuture<Landing<T>> landing(@Nullable Duration maxWait) {
    CompletableFuture<Landing<T>> copy = landed.thenApplyAsync(how -> how);
    return maxWait == null ? copy : copy.orTimeout(maxWait.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Waits for the landing.
   *
   * @param maxWait or null to wait as long as it takes
   * @throws IllegalStateException if this thread's own computation would have to end first
   * @throws CoalescedWaitException if interrupted or out of time
   */
  Landing<T> await(@Nullable Duration maxWait) {
    if (landed.isDone()) {
      return landed.join();
    }
    Thread me = Thread.currentThread();
    // A thread waits for one flight at a time, so the place is free.
    WAITING.put(me, this);
    try {
      refuseCircle(me);
      return maxWait == null ? landed.get() : landed.get(maxWait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw CoalescedWaitException.tooLong(maxWait, e);
    } catch (InterruptedException e) {
      me.interrupt();
      throw CoalescedWaitException.interrupted(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a flight lands with a value", e);
    } finally {
      WAITING.remove(me);
    }
  }

  private void refuseCircle(Thread me) {
    Flight<?> next = this;
    // The graph has at most one edge per thread, and a circle without me has been refused to
    // others.
    while (next != null && !next.landed.isDone()) {
      Thread nextLeader = next.leader;
      if (nextLeader == null) {
        return;
      }
      if (nextLeader == me) {
        throw new IllegalStateException(
            "a computation asked, directly or through another one, for the key it is computing");
      }
      next = WAITING.get(nextLeader);
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
