package io.holdfast.response;

import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Failures as entries of the cache.
 *
 * @param timeToLive how long they are served; null remembers none
 * @param which worth remembering
 */
record RememberedFailures(@Nullable Duration timeToLive, Predicate<? super Throwable> which) {

  static final RememberedFailures NONE = new RememberedFailures(null, failure -> false);

  private static final String FORMAT = "failure:1";
  private static final int MAX_MESSAGE = 1_000;

  /** The entry, or null if this failure is not to be remembered. */
  @Nullable
  CachedResponse entryFor(Throwable failure, Privacy privacy, long nowMillis) {
    Duration life = timeToLive;
    if (life == null || !which.test(failure)) {
      return null;
    }
    String message = privacy.redacted(String.valueOf(failure.getMessage()));
    return CachedResponse.of(
        FORMAT,
        failure.getClass().getName() + "\n"
            + message.substring(0, Math.min(message.length(), MAX_MESSAGE)),
        nowMillis,
        Durations.endMillis(nowMillis, life),
        0,
        null);
  }

  static boolean isFailure(CachedResponse response) {
    return response.codec().equals(FORMAT);
  }

  /** What the entry remembers. */
  static RememberedFailureException read(CachedResponse response) {
    String payload = response.payload();
    int lineEnd = payload.indexOf('\n');
    return lineEnd < 0
        ? new RememberedFailureException(payload, "")
        : new RememberedFailureException(
            payload.substring(0, lineEnd), payload.substring(lineEnd + 1));
  }
}
