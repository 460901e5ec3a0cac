package io.holdfast.docs.profile;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Cancels statements that run past a point in time.
 *
 * <p>Not {@code Statement.setQueryTimeout}: SQLite's driver takes it for the time to wait for locks,
 * and H2 counts it as a change of the database. {@code cancel()} does what it says everywhere.
 */
final class Deadline implements AutoCloseable {
  private final long atNanos;
  private final ScheduledExecutorService watchdog;

  private Deadline(long atNanos, ScheduledExecutorService watchdog) {
    this.atNanos = atNanos;
    this.watchdog = watchdog;
  }

  static Deadline in(Duration time) {
    return new Deadline(
        System.nanoTime() + time.toNanos(), Executors.newSingleThreadScheduledExecutor(task -> {
          var thread = new Thread(task, "holdfast-profile-deadline");
          thread.setDaemon(true);
          return thread;
        }));
  }

  boolean isOver() {
    return System.nanoTime() - atNanos >= 0;
  }

  /** Runs the work and cancels the statement if the deadline comes first. */
  <T> T run(Statement statement, StatementWork<T> work) throws SQLException {
    var cancellation = watchdog.schedule(
        () -> cancel(statement), Math.max(0, atNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    try {
      return work.run(statement);
    } finally {
      cancellation.cancel(/* mayInterruptIfRunning= */ false);
    }
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // The statement has ended in the same moment, or the server has gone: the thread that runs it
      // is told of either by its own exception.
      System.getLogger(Deadline.class.getName())
          .log(System.Logger.Level.DEBUG, () -> "could not cancel a statement", e);
    }
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
  }

  /** What to do with a statement. */
  @FunctionalInterface
  interface StatementWork<T> {
    T run(Statement statement) throws SQLException;
  }
}
