package io.holdfast.response;

import io.holdfast.response.spi.ResponseLeases;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
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

  // Across all response caches: a circle may go through
  // several. Holds a thread only while it waits.
  private static final Map<Thread, Flight<?>> WAITING = new ConcurrentHashMap<>();

  private final Call call;
  private final CompletableFuture<Landing<T>> landed = new CompletableFuture<>();
  private volatile @Nullable Thread leader = Thread.currentThread();
  private volatile boolean superseded;
  private volatile ResponseLeases.@Nullable Held lease;
  private volatile @Nullable Trial<T> trial;
  private final @Nullable LiveStream stream;
  // The leader, and whoever joined and has not left.
  private final AtomicInteger interested = new AtomicInteger(1);
  private volatile @Nullable Runnable onDeserted;

  Flight(Call call) {
    this.call = call;
    this.stream = call.streamed() ? new LiveStream() : null;
  }

  /** Where its chunks go; null if its answer comes in one piece. */
  @Nullable
  LiveStream stream() {
    return stream;
  }

  LiveStream requireStream() {
    return Objects.requireNonNull(stream, "a flight of a streamed call");
  }

  /** One more waits for the landing. */
  void enter() {
    interested.incrementAndGet();
  }

  /** One of those does not wait any more. Who waits on a thread or for a future never says so. */
  void leave() {
    if (interested.decrementAndGet() == 0) {
      runIfDeserted();
    }
  }

  /** What to do once nobody is interested; at once if that is so already. */
  void onDeserted(Runnable action) {
    onDeserted = action;
    runIfDeserted();
  }

  private void runIfDeserted() {
    Runnable action = onDeserted;
    if (action != null && interested.get() == 0) {
      action.run();
    }
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

  /** What looking for other words brought, or null if nobody looked. */
  @Nullable
  Trial<T> trial() {
    return trial;
  }

  void trial(@Nullable Trial<T> found) {
    trial = found;
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
    // The graph has at most one edge per thread, and
    // a circle without me has been refused to others.
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

    /**
     * It was computed.
     *
     * @param chunks empty if it was not streamed, or nobody streams it now
     */
    record Answered<T>(Answer<T> answer, List<Chunk> chunks) implements Landing<T> {

      Answered(Answer<T> answer) {
        this(answer, List.of());
      }
    }

    record Failed<T>(Throwable failure) implements Landing<T> {}

    /** The leader was cancelled, which says nothing about the call: somebody else may take over. */
    record Abandoned<T>() implements Landing<T> {}
  }
}
