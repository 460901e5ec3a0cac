package io.holdfast.response;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Warns of each kind of trouble once; counters tell the rest. */
final class OnceLog {

  // Types in keys come from the user's classes: few in practice, bounded against surprises.
  private static final int MAX_KINDS = 256;

  private static final Logger LOGGER = System.getLogger(OnceLog.class.getPackageName());

  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /** The first of its kind is logged, with the stack trace of {@code cause} if there is one. */
  void warn(String kind, Supplier<String> message, @Nullable Throwable cause) {
    if (seen.size() < MAX_KINDS && seen.add(kind)) {
      LOGGER.log(Level.WARNING, message, cause);
    }
  }
}
