package io.holdfast.jmx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks once a second at the counters behind beans that somebody listens to. So nothing is asked of
 * those who count, and whatever goes on there, a bean sends no more than a notification of a kind in a
 * second. The daemon thread is there only while somebody listens.
 */
final class Sampler {

  private static final Logger LOGGER = System.getLogger(Sampler.class.getPackageName());
  private static final long INTERVAL_MILLIS = 1_000;

  // Guarded by this.
  private final Map<Look, ScheduledFuture<?>> looks = new HashMap<>();
  private @Nullable ScheduledThreadPoolExecutor executor;

  /** Looks at a source and sends what is new; on one thread at a time, if it sees to that itself. */
  interface Look {

    /** Takes what is there now as known. */
    void begin();

    /** Sends what is new since the last time. */
    void look();
  }

  private synchronized void start(Look look) {
    if (looks.containsKey(look)) {
      return;
    }
    ScheduledThreadPoolExecutor running = executor;
    if (running == null) {
      running =
          new ScheduledThreadPoolExecutor(1, work -> Daemon.thread("holdfast-jmx-sampler", work));
      running.setRemoveOnCancelPolicy(true);
      executor = running;
    }
    looks.put(
        look,
        running.scheduleWithFixedDelay(
            () -> guarded(look), INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
  }

  // An exception that left here would end its schedule.
  private static void guarded(Look look) {
    try {
      look.look();
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, () -> "a bean could not look at its source; will try again", e);
    }
  }

  private synchronized void stop(Look look) {
    ScheduledFuture<?> scheduled = looks.remove(look);
    if (scheduled != null) {
      scheduled.cancel(false);
    }
    if (looks.isEmpty() && executor != null) {
      executor.shutdown();
      executor = null;
    }
  }

  /** An audience for which this looks once a second. */
  Notifier.Audience watching(Look look) {
    return new Notifier.Audience() {
      @Override
      public void came() {
        look.begin();
        start(look);
      }

      @Override
      public void left() {
        stop(look);
      }
    };
  }
}
