package io.holdfast.store;

/**
 * How much all caches of a file together may hold.
 *
 * @param maxEntries rows; {@link Long#MAX_VALUE} for no limit
 * @param maxBytes size of the database file, the log apart, at least {@link #LEAST_BYTES}; {@link
 *     Long#MAX_VALUE} for no limit
 */
public record FileLimits(long maxEntries, long maxBytes) {

  /** One MiB: what the tables need by themselves must be little beside it. */
  public static final long LEAST_BYTES = 1 << 20;

  /** No limits. */
  public static final FileLimits NONE = new FileLimits(Long.MAX_VALUE, Long.MAX_VALUE);

  public FileLimits {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("maxEntries must be at least 1: " + maxEntries);
    }
    if (maxBytes < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes of a file must be at least " + LEAST_BYTES + ": " + maxBytes);
    }
  }

  /** The lower of both limits each. */
  FileLimits and(FileLimits other) {
    return new FileLimits(
        Math.min(maxEntries, other.maxEntries), Math.min(maxBytes, other.maxBytes));
  }

  /** The largest entry that is kept: beside a larger one nothing else would find room. */
  long maxEntryBytes() {
    return maxBytes == Long.MAX_VALUE ? Long.MAX_VALUE : maxBytes / 2;
  }
}
