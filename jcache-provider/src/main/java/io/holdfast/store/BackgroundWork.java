package io.holdfast.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A daemon thread that works for one open file while nobody waits for it. A task that fails is logged
 * and comes again. While the file is idle it comes less often.
 */
final class BackgroundWork implements AutoCloseable {
  private static final Logger logger = System.getLogger(BackgroundWork.class.getName());

  /** Tasks come at multiples of this. */
  static final long TICK_MILLIS = 100;

  /** Ticks in one while the file is idle. */
  private static final int TICKS_AT_REST = 10;

  /** So long nothing must have been to do. */
  static final int TICKS_TO_REST = 10;

  private final Path file;
  private final int ticksAtRest;
  private final ScheduledThreadPoolExecutor executor;
  private final List<Recurring> recurring = new CopyOnWriteArrayList<>();
  private volatile boolean rests;
  private BooleanSupplier isIdle = () -> false;
  private long tickNumber;
  private boolean isTicking;
  private long ticks;
  private int idleTicks;

  /** What comes again each so many ticks. */
  private record Recurring(long everyTicks, String what, Runnable task) {}

  /** Starts with the first task; the thread has the name of the file at its end. */
  BackgroundWork(String threadName, Path file) {
    this(threadName, file, TICKS_AT_REST);
  }

  /** For tests that rest longer. */
  BackgroundWork(String threadName, Path file, int ticksAtRest) {
    this.file = file;
    this.ticksAtRest = ticksAtRest;
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
      tickIn(TICK_MILLIS);
    }
    recurring.add(new Recurring(millis / TICK_MILLIS, what, task));
  }

  /**
   * While this has held for a second, all that recurs comes once a second at most. Asked by the
   * thread that works. Whoever ends it calls {@link #attend}.
   */
  synchronized void restWhile(BooleanSupplier nothingIsToDo) {
    isIdle = nothingIsToDo;
  }

  /**
   * Ends the rest: the next tick comes at once. A volatile read if nobody rests.
   *
   * @return whether it was this call that ended it
   */
  boolean attend() {
    return rests && endRest();
  }

  /** For tests. */
  boolean rests() {
    return rests;
  }

  private synchronized boolean endRest() {
    boolean rested = rests;
    if (rested && !isTicking) {
      tickIn(0);
    }
    rests = false;
    idleTicks = 0;
    return rested;
  }

  /** Instead of the tick that was to come, which finds another number and does nothing. */
  private synchronized void tickIn(long millis) {
    long number = ++tickNumber;
    try {
      var unused = executor.schedule(() -> tick(number), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      // What is left is done by closing.
    }
  }

  // All that is due in one go: what an idle file costs is how often a thread wakes.
  private void tick(long number) {
    long before = ticks;
    if (!begins(number)) {
      return;
    }
    for (Recurring each : recurring) {
      if (ticks / each.everyTicks() != before / each.everyTicks()) {
        runLogged(each.what(), each.task());
      }
    }
    goOnOrRest();
  }

  private synchronized boolean begins(long number) {
    isTicking = number == tickNumber;
    if (isTicking) {
      ticks += rests ? ticksAtRest : 1;
    }
    return isTicking;
  }

  private synchronized void goOnOrRest() {
    isTicking = false;
    idleTicks = isIdle.getAsBoolean() ? idleTicks + 1 : 0;
    // Asked once more with the flag set: who ends the
    // idleness just now finds the flag, or is found.
    rests = idleTicks >= TICKS_TO_REST;
    if (rests && !isIdle.getAsBoolean()) {
      rests = false;
      idleTicks = 0;
    }
    tickIn(rests ? ticksAtRest * TICK_MILLIS : TICK_MILLIS);
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
