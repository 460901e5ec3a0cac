package io.holdfast.response;

import java.time.Duration;

/** Durations as milliseconds, where those of more than a thousand years mean for ever. */
final class Durations {

  private static final long LONGEST_DAYS = 365_000;

  private Durations() {}

  static long millis(Duration duration) {
    return isForEver(duration) ? Long.MAX_VALUE : duration.toMillis();
  }

  private static boolean isForEver(Duration duration) {
    return duration.toDays() > LONGEST_DAYS;
  }

  /** When something ends that lasts so long from then on; {@link Long#MAX_VALUE} for never. */
  static long endMillis(long fromMillis, Duration duration) {
    return isForEver(duration) ? Long.MAX_VALUE : fromMillis + duration.toMillis();
  }

  static Duration positive(Duration duration, String what) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(what + " must be positive: " + duration);
    }
    return duration;
  }
}
