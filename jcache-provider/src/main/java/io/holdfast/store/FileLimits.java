package io.holdfast.store;

/**
 * How much all caches of a file together may hold, and how much one entry.
 *
 * @param maxEntries rows; {@link Long#MAX_VALUE} for no limit
 * @param maxBytes size of the database file, the log apart, at least {@link #LEAST_BYTES}; {@link
 *     Long#MAX_VALUE} for no limit
 * @param entryBytes key and value of one entry, at least {@link #LEAST_ENTRY_BYTES}; larger ones are refused
 */
public record FileLimits(long maxEntries, long maxBytes, long entryBytes) {

  /** One MiB: what the tables need by themselves must be little beside it. */
  public static final long LEAST_BYTES = 1 << 20;

  /** What one entry may have by default: 64 MiB. */
  public static final long DEFAULT_ENTRY_BYTES = 64L << 20;

  /** The least limit of one entry. */
  public static final long LEAST_ENTRY_BYTES = 1 << 10;

  /** The highest limit of one entry: SQLite's is a little above. */
  public static final long MOST_ENTRY_BYTES = 999_000_000;

  /** No limits but that of one entry. */
  public static final FileLimits NONE = new FileLimits(Long.MAX_VALUE, Long.MAX_VALUE);

  public FileLimits {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("maxEntries must be at least 1: " + maxEntries);
    }
    if (maxBytes < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes of a file must be at least " + LEAST_BYTES + ": " + maxBytes);
    }
    if (entryBytes < LEAST_ENTRY_BYTES || entryBytes > MOST_ENTRY_BYTES) {
      throw new IllegalArgumentException("entryBytes must be between " + LEAST_ENTRY_BYTES + " and "
          + MOST_ENTRY_BYTES + ": " + entryBytes);
    }
  }

  /** With the default limit of one entry. */
  public FileLimits(long maxEntries, long maxBytes) {
    this(maxEntries, maxBytes, DEFAULT_ENTRY_BYTES);
  }

  /** The lower of both limits each. */
  FileLimits and(FileLimits other) {
    return new FileLimits(
        Math.min(maxEntries, other.maxEntries),
        Math.min(maxBytes, other.maxBytes),
        Math.min(entryBytes, other.entryBytes));
  }

  /** Whether the file as a whole has no limit. */
  boolean isUnlimited() {
    return maxEntries == Long.MAX_VALUE && maxBytes == Long.MAX_VALUE;
  }

  /** The largest entry that is kept: beside a larger one nothing else would find room. */
  long largestKeptBytes() {
    return maxBytes == Long.MAX_VALUE ? Long.MAX_VALUE : maxBytes / 2;
  }
}
