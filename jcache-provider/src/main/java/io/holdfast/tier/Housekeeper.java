package io.holdfast.tier;

import io.holdfast.store.CacheGoneException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The daemon thread that sweeps the open tiers of one file from time to time. */
final class Housekeeper {
  private static final Logger LOGGER = System.getLogger(Housekeeper.class.getName());
  private static final long STOP_SECONDS = 10;

  private final Duration interval;
  private final Supplier<? extends Collection<SqliteTier<?, ?>>> tiers;
  private @Nullable ScheduledExecutorService executor;

  Housekeeper(Duration interval, Supplier<? extends Collection<SqliteTier<?, ?>>> tiers) {
    this.interval = interval;
    this.tiers = tiers;
  }

  synchronized void start(String threadName) {
    var scheduler = new ScheduledThreadPoolExecutor(1, task -> {
      Thread thread = new Thread(task, threadName);
      thread.setDaemon(true);
      // Or the thread would hold the class loader of whoever happened to open the file.
      thread.setContextClassLoader(null);
      return thread;
    });
    var unused = scheduler.scheduleWithFixedDelay(
        this::sweepAll, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    executor = scheduler;
  }

  /** Returns when the thread is idle for good, or after ten seconds. Stopping twice is quiet. */
  synchronized void stop() {
    ScheduledExecutorService running = executor;
    executor = null;
    if (running == null) {
      return;
    }
    running.shutdown();
    try {
      if (!running.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOGGER.log(
            Level.WARNING, () -> "A sweep for expired entries goes on while its file closes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweepAll() {
    for (SqliteTier<?, ?> tier : tiers.get()) {
      try {
        tier.sweep();
      } catch (CacheGoneException e) {
        // There is nothing to sweep; whoever uses the cache is told.
      } catch (RuntimeException e) {
        // The next round tries again; an exception that left here would end the schedule.
        LOGGER.log(Level.WARNING, () -> "Could not sweep expired entries; will try again", e);
      }
    }
  }
}
