package io.holdfast.tier;

import io.holdfast.store.StoredEntry;

/**
 * How long an entry may be unused. Hits in the heap are not heard of here, so a copy in the heap lives
 * an eighth of that time; then the heap says when it used the copy last, and reads the entry again.
 */
record MaxIdle(long millis) {
  private static final int HEAP_SHARE = 8;

  boolean isLimited() {
    return millis != TierConfiguration.UNLIMITED;
  }

  /** When an entry dies that is not used any more. */
  long diesAtMillis(StoredEntry entry) {
    return isLimited() ? saturatedSum(entry.lastAccessAtMillis(), millis) : StoredEntry.NEVER;
  }

  /** Until when the heap may answer without asking. */
  long heapUntilMillis(long nowMillis) {
    return isLimited()
        ? saturatedSum(nowMillis, Math.max(1, millis / HEAP_SHARE))
        : StoredEntry.NEVER;
  }

  /** How often to walk through all entries for those that are due. */
  long walkMillis() {
    return millis / HEAP_SHARE;
  }

  private static long saturatedSum(long timeMillis, long durationMillis) {
    return timeMillis > StoredEntry.NEVER - durationMillis
        ? StoredEntry.NEVER
        : timeMillis + durationMillis;
  }
}
