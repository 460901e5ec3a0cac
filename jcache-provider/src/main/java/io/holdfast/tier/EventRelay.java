package io.holdfast.tier;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Daemon threads that call listeners where the calling thread must not. Each task gets a thread at once:
 * a task may wait for events that another task fires.
 */
final class EventRelay implements Executor {
  private static final long STOP_SECONDS = 10;

  private final String threadName;
  private @Nullable ThreadPoolExecutor executor;

  EventRelay(String threadName) {
    this.threadName = threadName;
  }

  @Override
  public void execute(Runnable task) {
    running().execute(task);
  }

  private synchronized ThreadPoolExecutor running() {
    ThreadPoolExecutor open = executor;
    if (open == null) {
      open = new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
          });
      executor = open;
    }
    return open;
  }

  /** Returns when the listeners called so far have returned, or after ten seconds. */
  void stop() {
    ThreadPoolExecutor open;
    synchronized (this) {
      open = executor;
      executor = null;
    }
    if (open == null) {
      return;
    }
    open.shutdown();
    try {
      if (!open.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        open.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
