package io.holdfast.response;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one caller wants of the cache. The names are those of HTTP's Cache-Control, and mean the same.
 *
 * @param maxAge an answer older than this is not good enough, and is replaced; null for any age
 * @param noCache does not read: calls, alone, and stores the new answer in place of the old one
 * @param noStore reads, but stores nothing; with {@code noCache}, neither
 * @param onlyIfCached does not call: what is not stored is a {@link NotCachedException}
 * @param timeToLive how long the answer is served if this call brings it, instead of the cache's own
 *     time for its namespace; null for that one
 */
public record CallPolicy(
    @Nullable Duration maxAge,
    boolean noCache,
    boolean noStore,
    boolean onlyIfCached,
    @Nullable Duration timeToLive) {

  /** Reads whatever is served, and stores. */
  public static final CallPolicy DEFAULT = new CallPolicy(null, false, false, false, null);

  public CallPolicy {
    if (maxAge != null && maxAge.isNegative()) {
      throw new IllegalArgumentException("maxAge must not be negative: " + maxAge);
    }
    if (timeToLive != null && (timeToLive.isZero() || timeToLive.isNegative())) {
      throw new IllegalArgumentException("timeToLive must be positive: " + timeToLive);
    }
    if (noCache && onlyIfCached) {
      throw new IllegalArgumentException("noCache and onlyIfCached leave nothing to answer with");
    }
  }

  /** The same with another greatest age of a stored answer. */
  public CallPolicy withMaxAge(Duration maxAge) {
    return new CallPolicy(maxAge, noCache, noStore, onlyIfCached, timeToLive);
  }

  /** The same, without reading. */
  public CallPolicy withNoCache() {
    return new CallPolicy(maxAge, true, noStore, onlyIfCached, timeToLive);
  }

  /** The same, without storing. */
  public CallPolicy withNoStore() {
    return new CallPolicy(maxAge, noCache, true, onlyIfCached, timeToLive);
  }

  /** The same, without calling. */
  public CallPolicy withOnlyIfCached() {
    return new CallPolicy(maxAge, noCache, noStore, true, timeToLive);
  }

  /** The same with another life of what this call stores. */
  public CallPolicy withTimeToLive(Duration timeToLive) {
    return new CallPolicy(maxAge, noCache, noStore, onlyIfCached, timeToLive);
  }

  /** Whether others may wait for this call instead of making their own. */
  boolean isShared() {
    return !noCache && !noStore;
  }

  boolean isTooOld(CachedResponse response, long nowMillis) {
    return maxAge != null && nowMillis - response.createdAtMillis() > Durations.millis(maxAge);
  }
}
