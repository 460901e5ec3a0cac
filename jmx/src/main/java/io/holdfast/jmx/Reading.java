package io.holdfast.jmx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Reads a source that may be gone or fail, without ever throwing: an attribute that throws is shown as
 * "Unavailable", and so is a whole table of attributes in some clients. Then the last reading stands.
 */
final class Reading<S, N> {

  private static final Logger LOGGER = System.getLogger(Reading.class.getPackageName());

  private final WeakReference<S> source;
  private final Function<S, N> read;
  private final AtomicBoolean failed = new AtomicBoolean();
  private volatile N last;

  Reading(S source, Function<S, N> read, N nothing) {
    this.source = new WeakReference<>(source);
    this.read = read;
    this.last = nothing;
  }

  N now() {
    S alive = source.get();
    if (alive != null) {
      try {
        last = read.apply(alive);
      } catch (RuntimeException e) {
        if (failed.compareAndSet(false, true)) {
          LOGGER.log(Level.WARNING, () -> "a bean shows old numbers: its source fails", e);
        }
      }
    }
    return last;
  }
}
