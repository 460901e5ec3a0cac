package io.holdfast.store;

/**
 * One row of a cache.
 *
 * @param rowId where the row is; stable for the life of the row, spread evenly over 63 bits
 * @param key the key column
 * @param value the value column
 * @param version unique per write within the cache, rising, also across restarts; starts at 1
 * @param createdAtMillis Unix milliseconds of the creation; an update keeps it
 * @param expiresAtMillis Unix milliseconds; {@link #NEVER} for an entry that does not expire
 * @param lastAccessAtMillis Unix milliseconds of the last access the store has heard of; buffered
 *     accesses count
 */
public record StoredEntry(
    long rowId,
    Cell key,
    Cell value,
    long version,
    long createdAtMillis,
    long expiresAtMillis,
    long lastAccessAtMillis) {

  /** The expiry of an entry that does not expire. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Whether the entry is dead at this moment. */
  public boolean isExpired(long nowMillis) {
    return nowMillis >= expiresAtMillis;
  }

  /** The same row with another last access. */
  StoredEntry accessedAt(long atMillis) {
    return new StoredEntry(rowId, key, value, version, createdAtMillis, expiresAtMillis, atMillis);
  }
}
