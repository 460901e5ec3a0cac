package io.holdfast.store;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs something on a thread that nobody else knows, and waits for it.
 *
 * <p>An interrupt closes the NIO channel that its thread is using; and closing any descriptor of a file
 * that SQLite has open drops this process's locks on it. So what opens channels beside SQLite runs here,
 * out of reach of whoever interrupts the caller.
 *
 * @see <a href="https://sqlite.org/howtocorrupt.html">How to corrupt a SQLite database file</a>
 */
final class OwnThread {

  private OwnThread() {}

  /** Returns or throws what the work does; an interrupt meanwhile is kept for the caller. */
  static <T> T call(String name, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    // What it starts inherits its loader. SQLite's driver runs a process to learn what system
    // this is, and the JDK's thread that waits for processes lives on for a minute, with an
    // undeployed application.
    thread.setContextClassLoader(null);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw unchecked(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unchecked(ExecutionException e) {
    Throwable thrown = e.getCause();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException failure) {
      return failure;
    }
    return new IllegalStateException(thrown);
  }
}
