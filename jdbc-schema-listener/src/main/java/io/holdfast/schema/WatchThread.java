package io.holdfast.schema;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one thread of a watched database: looks at it in intervals, sooner when woken, later and later
 * while looking fails, and notices that the last lease is over.
 */
final class WatchThread {

  private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** What the thread does; called without a lock. */
  interface Duties {

    /**
     * Looks at the database.
     *
     * @return false if it could not, or something is left to be done soon
     */
    boolean look();

    /** Nobody had a lease for the linger time. */
    void lingerOver();
  }

  private final Duties duties;
  private final long pollNanos;
  private final long lingerNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private boolean closed;
  private boolean woken = true;
  private boolean suspended;
  private boolean lingering;
  private long lingerEndsNanos;

  WatchThread(String name, Duties duties, Duration pollInterval, Duration linger) {
    this.duties = duties;
    this.pollNanos = pollInterval.toNanos();
    this.lingerNanos = linger.toNanos();
    this.thread = daemon(this::run);
    thread.setName(name);
  }

  /** A daemon that keeps no class loader of the application alive. */
  static Thread daemon(Runnable task) {
    var thread = new Thread(null, task, "holdfast-catalog", 0, /* inheritThreadLocals= */ false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  void start() {
    thread.start();
  }

  /** Looks soon, whatever the interval. */
  void wake() {
    signal(() -> woken = true);
  }

  /**
   * Somebody has a lease, or nobody.
   *
   * @param polls whether to go on looking while nobody has
   */
  void leased(boolean is, boolean polls) {
    signal(() -> {
      lingering = !is;
      suspended = !is && !polls;
      woken |= is;
      lingerEndsNanos = System.nanoTime() + lingerNanos;
    });
  }

  private void signal(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread and waits a little for its last look to end. */
  void close() {
    signal(() -> closed = true);
    if (Thread.currentThread() == thread) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    int failures = 0;
    while (true) {
      Next next = await(failures);
      if (next == Next.END) {
        return;
      } else if (next == Next.RELEASE) {
        duties.lingerOver();
      } else {
        failures = duties.look() ? 0 : failures + 1;
      }
    }
  }

  private enum Next {
    LOOK,
    RELEASE,
    END
  }

  private Next await(int failures) {
    lock.lock();
    try {
      long delayNanos = failures == 0 ? pollNanos : retryNanos(failures);
      long lookNanos = System.nanoTime() + delayNanos;
      while (true) {
        if (closed) {
          return Next.END;
        }
        long now = System.nanoTime();
        if (lingering && lingerEndsNanos - now <= 0) {
          lingering = false;
          return Next.RELEASE;
        }
        if (woken && !suspended) {
          woken = false;
          return Next.LOOK;
        }
        boolean looksAgain = delayNanos > 0 && !suspended;
        if (looksAgain && lookNanos - now <= 0) {
          return Next.LOOK;
        }
        long wait = Long.MAX_VALUE;
        if (looksAgain) {
          wait = lookNanos - now;
        }
        if (lingering) {
          wait = Math.min(wait, lingerEndsNanos - now);
        }
        if (wait == Long.MAX_VALUE) {
          changed.await();
        } else {
          changed.awaitNanos(wait);
        }
      }
    } catch (InterruptedException e) {
      // Only close() interrupts this thread.
      return Next.END;
    } finally {
      lock.unlock();
    }
  }

  private long retryNanos(int failures) {
    long backOff = FIRST_RETRY_NANOS << Math.min(failures - 1, 20);
    return Math.min(backOff, LAST_RETRY_NANOS);
  }
}
