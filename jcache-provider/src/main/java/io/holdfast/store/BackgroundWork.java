package io.holdfast.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A daemon thread that works for one open file while nobody waits for it. A task that fails is logged
 * and comes again.
 */
final class BackgroundWork implements AutoCloseable {
  private static final Logger logger = System.getLogger(BackgroundWork.class.getName());

  /** Tasks come at multiples of this. */
  static final long TICK_MILLIS = 100;

  private final Path file;
  private final ScheduledThreadPoolExecutor executor;
  private final List<Recurring> recurring = new CopyOnWriteArrayList<>();
  private long ticks;

  /** What comes again each so many ticks. */
  private record Recurring(long everyTicks, String what, Runnable task) {}

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

  /**
   * Runs the task from time to time, with this pause between two runs.
   *
   * @param millis a multiple of {@value #TICK_MILLIS}
   */
  synchronized void every(long millis, String what, Runnable task) {
    if (recurring.isEmpty()) {
      var unused = executor.scheduleWithFixedDelay(
          this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
    recurring.add(new Recurring(millis / TICK_MILLIS, what, task));
  }

  // All that is due in one go: what an idle file costs is how often a thread wakes.
  private void tick() {
    ticks++;
    for (Recurring each : recurring) {
      if (ticks % each.everyTicks() == 0) {
        runLogged(each.what(), each.task());
      }
    }
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
