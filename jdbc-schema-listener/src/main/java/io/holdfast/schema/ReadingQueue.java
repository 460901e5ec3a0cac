package io.holdfast.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Readings, one after another, on a thread of their own. Callers wait for theirs, but only so long:
 * what hangs is the reading, never the application. Announcing what drifted is left to the caller, or,
 * if it did not wait for the end, to a thread made for it; the reading thread runs no foreign code but
 * the driver's.
 */
final class ReadingQueue implements AutoCloseable {

  private static final long IDLE_SECONDS = 10;

  /**
   * What came of a reading.
   *
   * @param succeeded whether the catalog was read and believed
   */
  record Outcome(boolean succeeded, List<SchemaDrift> drifts, AtomicBoolean announced) {

    static final Outcome FAILED = new Outcome(false, List.of(), new AtomicBoolean(true));

    static Outcome of(List<SchemaDrift> drifts) {
      return new Outcome(true, drifts, new AtomicBoolean(drifts.isEmpty()));
    }
  }

  private final ThreadPoolExecutor executor;
  private final Function<Cause, Outcome> read;
  private final Consumer<List<SchemaDrift>> announce;
  private final ReentrantLock lock = new ReentrantLock();
  // Looks that have not begun yet: whoever wants the same look now is served by it.
  private final Map<Cause, CompletableFuture<Outcome>> waitingLooks = new HashMap<>();
  private volatile long runningSinceNanos;
  private volatile boolean running;

  /**
   * A queue that has no thread until it is used.
   *
   * @param read does one reading and never throws
   * @param announce tells the listeners
   */
  ReadingQueue(String name, Function<Cause, Outcome> read, Consumer<List<SchemaDrift>> announce) {
    this.read = read;
    this.announce = announce;
    this.executor = new ThreadPoolExecutor(
        1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
          Thread thread = WatchThread.daemon(task);
          thread.setName(name);
          return thread;
        });
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Reads and waits; a look is shared with everybody whose look has not begun.
   *
   * @return whether it succeeded within the time; if not, it goes on without us
   */
  boolean await(Cause cause, long maxMillis) {
    CompletableFuture<Outcome> reading = cause.isShared() ? look(cause) : submit(cause);
    // While one reading hangs nobody else waits for it.
    long waitMillis = isOverdue(maxMillis) ? 0 : maxMillis;
    try {
      Outcome outcome = reading.get(waitMillis, TimeUnit.MILLISECONDS);
      announceOnce(outcome);
      return outcome.succeeded();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      // The reading goes on.
    } catch (ExecutionException e) {
      return false;
    }
    var unused = reading.thenAcceptAsync(
        this::announceOnce, task -> WatchThread.daemon(task).start());
    return false;
  }

  /** Whether the reading under way takes longer than this. */
  boolean isOverdue(long maxMillis) {
    return running
        && System.nanoTime() - runningSinceNanos > TimeUnit.MILLISECONDS.toNanos(maxMillis);
  }

  private void announceOnce(Outcome outcome) {
    if (outcome.announced().compareAndSet(false, true)) {
      announce.accept(outcome.drifts());
    }
  }

  private CompletableFuture<Outcome> look(Cause cause) {
    lock.lock();
    try {
      CompletableFuture<Outcome> waiting = waitingLooks.get(cause);
      if (waiting == null) {
        waiting = submit(cause);
        if (!waiting.isDone()) {
          waitingLooks.put(cause, waiting);
        }
      }
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  private CompletableFuture<Outcome> submit(Cause cause) {
    try {
      return CompletableFuture.supplyAsync(() -> run(cause), executor);
    } catch (RejectedExecutionException e) {
      // Closed: reading fails without touching a connection, and the doubts are kept.
      return CompletableFuture.completedFuture(read.apply(cause));
    }
  }

  private Outcome run(Cause cause) {
    if (cause.isShared()) {
      lock.lock();
      try {
        waitingLooks.remove(cause);
      } finally {
        lock.unlock();
      }
    }
    runningSinceNanos = System.nanoTime();
    running = true;
    try {
      return read.apply(cause);
    } finally {
      running = false;
    }
  }

  /** Takes no more readings; one that is under way, and those that wait, still end. */
  @Override
  public void close() {
    executor.shutdown();
  }

  /** Waits for the last reading to end; false if it did not within the time. */
  boolean awaitEnd(long maxMillis) {
    try {
      return executor.awaitTermination(maxMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
