package io.holdfast.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The daemon thread that looks for foreign commits while somebody holds copies of rows. After each second
 * it leaves that to those who read copies, and dozes until one does: an idle process wakes seldom, and
 * among busy ones it costs one read a second some microseconds.
 */
final class CommitPoller implements AutoCloseable {
  private static final Logger logger = System.getLogger(CommitPoller.class.getName());
  private static final long AWAKE_NANOS = TimeUnit.SECONDS.toNanos(1);

  // Copies that nobody reads are dropped all the same, and commits counted, in so
  // much time. Far more of them than the ring explains are not to come together.
  private static final long DOZE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Path file;
  private final CommitWatch watch;
  private final Thread thread;
  private volatile long pauseNanos;
  private volatile boolean sleeps;
  private volatile boolean closed;
  private boolean hasFailed;

  /** Does not start it. */
  CommitPoller(Path file, CommitWatch watch, long pauseNanos) {
    this.file = file;
    this.watch = watch;
    this.pauseNanos = pauseNanos;
    this.thread = new Thread(this::run, "holdfast-commits " + file.getFileName());
    thread.setDaemon(true);
    // Or the thread would hold the class loader of whoever happened to open the file.
    thread.setContextClassLoader(null);
  }

  void start() {
    thread.start();
  }

  /** Looks at least so often from now on. */
  void hurryTo(long otherPauseNanos) {
    pauseNanos = Math.min(pauseNanos, otherPauseNanos);
  }

  /** Wakes it if it sleeps; costs one volatile read if it does not. */
  void attend() {
    if (sleeps) {
      LockSupport.unpark(thread);
    }
  }

  /** Ends its doze. */
  void wake() {
    LockSupport.unpark(thread);
  }

  private void run() {
    long awakeSinceNanos = System.nanoTime();
    while (!closed) {
      look();
      if (System.nanoTime() - awakeSinceNanos >= AWAKE_NANOS && watch.leaveToReaders()) {
        doze();
        awakeSinceNanos = System.nanoTime();
      } else {
        LockSupport.parkNanos(this, pauseNanos);
      }
      sleepUntilNeeded();
    }
  }

  private void doze() {
    while (!closed && watch.isLeftToReaders()) {
      LockSupport.parkNanos(this, Math.max(DOZE_NANOS, pauseNanos));
      look();
    }
  }

  private void look() {
    try {
      watch.settle();
      hasFailed = false;
    } catch (RuntimeException e) {
      if (!hasFailed && !closed) {
        logger.log(Level.WARNING, () -> "Could not look for commits to " + file, e);
      }
      hasFailed = true;
    }
  }

  // In this order: who takes a copy after the question finds the flag set.
  private void sleepUntilNeeded() {
    sleeps = true;
    while (!closed && !watch.isAnyoneInterested()) {
      LockSupport.park(this);
    }
    sleeps = false;
  }

  /** Returns when the thread has ended, or after a second. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
