package io.holdfast.jmx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.function.Function;

/**
 * Runs operations on a source that may be gone. What it throws goes to the log; a remote client gets
 * the message alone, in an exception of the JDK, as it knows none of our classes.
 */
final class Acting<S> {

  private static final Logger LOGGER = System.getLogger(Acting.class.getPackageName());

  private final WeakReference<S> source;
  private final String name;

  Acting(S source, String name) {
    this.source = new WeakReference<>(source);
    this.name = name;
  }

  /**
   * Runs one.
   *
   * @param action for the message: "cannot" and this
   * @throws IllegalStateException if the source is gone or the operation failed
   */
  <R> R run(String action, Function<S, R> operation) {
    S alive = source.get();
    if (alive == null) {
      throw new IllegalStateException("Cannot " + action + ": " + name + " is closed");
    }
    try {
      return operation.apply(alive);
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, () -> "cannot " + action + " (" + name + "), as a client asked", e);
      throw new IllegalStateException("Cannot " + action + ": " + e.getMessage());
    }
  }
}
