package io.holdfast.jcache;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of one manager, for {@code loadAll} and asynchronous listeners: made when needed, as many as
 * needed, since what they run belongs to the user and may block on one another; gone after ten idle
 * seconds. Daemons, so a forgotten manager does not keep the JVM alive.
 */
final class ManagerThreads {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private ManagerThreads() {}

  static ExecutorService start() {
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
          Thread thread = new Thread(work, "holdfast-cache-" + COUNT.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
