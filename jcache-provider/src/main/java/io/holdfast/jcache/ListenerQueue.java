package io.holdfast.jcache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The calls of listeners that wait for their turn: they run one at a time and in order, in threads of
 * an executor.
 *
 * <p>Adding never blocks, because the store reports changes while it has locks. Who changed the
 * entries waits for room afterwards, when it has none: see {@link Backpressure}.
 */
final class ListenerQueue {
  private static final Logger logger = System.getLogger(ListenerQueue.class.getName());

  /** So many calls may wait before those who cause them do. */
  static final int MAX_WAITING = 1_000;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Executor threads;
  private final int maxWaiting;
  private final long patienceNanos;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition roomMade = lock.newCondition();
  private boolean running;
  private boolean complained;

  ListenerQueue(Executor threads) {
    this(threads, MAX_WAITING, PATIENCE);
  }

  /**
   * A queue of its own size.
   *
   * @param patience how long to wait for a queue that does not become shorter
   */
  ListenerQueue(Executor threads, int maxWaiting, Duration patience) {
    this.threads = threads;
    this.maxWaiting = maxWaiting;
    this.patienceNanos = patience.toNanos();
  }

  /** Appends a call. Never blocks; never throws. */
  void add(Runnable call) {
    lock.lock();
    try {
      waiting.add(call);
      if (waiting.size() > maxWaiting) {
        Backpressure.isDueTo(this);
      }
      if (!running) {
        running = true;
        threads.execute(this::drain);
      }
    } catch (RejectedExecutionException managerIsClosed) {
      giveUp();
    } finally {
      lock.unlock();
    }
  }

  private void drain() {
    boolean isEmpty = false;
    Backpressure.enterListener();
    try {
      for (Runnable call = next(); call != null; call = next()) {
        call.run();
      }
      isEmpty = true;
    } finally {
      Backpressure.exit();
      if (!isEmpty) {
        goOnElsewhere(); // an error ends this thread, but not the others' events
      }
    }
  }

  private void goOnElsewhere() {
    lock.lock();
    try {
      threads.execute(this::drain);
    } catch (RejectedExecutionException managerIsClosed) {
      giveUp();
    } finally {
      lock.unlock();
    }
  }

  // Its caches are closed, so their listeners hear nothing any more.
  private void giveUp() {
    waiting.clear();
    running = false;
    roomMade.signalAll();
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      Runnable call = waiting.poll();
      running = call != null;
      if (waiting.size() <= maxWaiting) {
        complained = false;
        roomMade.signalAll();
      }
      return call;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns when no more calls wait than may; or when their number has not fallen for some seconds,
   * because a listener hangs, waits for the calling thread, or itself causes as many calls as it takes.
   * Then, and at an interrupt, which is kept, the queue goes on growing.
   */
  void awaitRoom() {
    lock.lock();
    try {
      int fewest = waiting.size();
      long leftNanos = patienceNanos;
      while (waiting.size() > maxWaiting) {
        if (waiting.size() < fewest) {
          fewest = waiting.size();
          leftNanos = patienceNanos;
        }
        if (leftNanos <= 0) {
          complain();
          return;
        }
        leftNanos = roomMade.awaitNanos(leftNanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void complain() {
    if (!complained) {
      complained = true;
      int size = waiting.size();
      logger.log(
          Level.WARNING,
          () -> "A cache entry listener does not keep up: " + size
              + " events wait for it, and their number has not fallen for "
              + patienceNanos / 1_000_000_000 + " s. Those who change entries go on");
    }
  }
}
