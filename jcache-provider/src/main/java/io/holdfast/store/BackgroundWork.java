package io.holdfast.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A daemon thread that works for one open file while nobody waits for it. A task that fails is logged
 * and comes again.
 */
final class BackgroundWork implements AutoCloseable {
  private static final Logger logger = System.getLogger(BackgroundWork.class.getName());

  private final Path file;
  private final ScheduledThreadPoolExecutor executor;

  /** Starts with the first task; the thread has the name of the file at its end. */
  BackgroundWork(String threadName, Path file) {
    this.file = file;
    this.executor = new ScheduledThreadPoolExecutor(1, task -> {
      Thread thread = new Thread(task, threadName + " " + file.getFileName());
      thread.setDaemon(true);
      // Or the thread would hold the class loader of whoever happened to open the file.
      thread.setContextClassLoader(null);
      return thread;
    });
    executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Runs the task from time to time, with this pause between two runs. */
  void every(long millis, String what, Runnable task) {
    var unused = executor.scheduleWithFixedDelay(
        () -> runLogged(what, task), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Runs the task when the thread has time; never, if it is closed before. */
  void soon(String what, Runnable task) {
    after(0, what, task);
  }

  /** As {@link #soon}, not before this time has gone by. */
  void after(long millis, String what, Runnable task) {
    try {
      var unused = executor.schedule(() -> runLogged(what, task), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      // What is left is done by closing.
    }
  }

  // An exception that left here would end the schedule.
  private void runLogged(String what, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      logger.log(Level.WARNING, () -> "Could not " + what + " of " + file + "; continuing", e);
    }
  }

  /** Returns when the task under way is done. */
  @Override
  public void close() {
    executor.shutdown();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          executor.awaitTermination(Pragmas.LOCK_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
