package io.holdfast.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The damaged files that were renamed since a cache file was opened.
 *
 * @param count how many
 * @param last where the last one is now; null if there was none
 * @param lastAtMillis when that was, in Unix milliseconds; 0 if there was none
 */
public record SetAsides(long count, @Nullable Path last, long lastAtMillis) {
  /** There was none. */
  public static final SetAsides NONE = new SetAsides(0, null, 0);

  SetAsides and(Path file, long atMillis) {
    return new SetAsides(count + 1, file, atMillis);
  }
}
