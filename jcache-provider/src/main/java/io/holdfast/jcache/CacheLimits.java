package io.holdfast.jcache;

/**
 * Where a cache lives and how much it may hold.
 *
 * @param persistent whether entries are kept in the manager's file
 * @param heapEntries entries in the heap tier
 * @param diskEntries entries in the file; {@link Long#MAX_VALUE} for no limit
 * @param diskBytes bytes of keys and values in the file; {@link Long#MAX_VALUE} for no limit
 * @param maxIdleMillis how long an entry in the file may be unused; {@link Long#MAX_VALUE} for ever
 */
record CacheLimits(
    boolean persistent, long heapEntries, long diskEntries, long diskBytes, long maxIdleMillis) {

  CacheLimits {
    requireAtLeastOne("heap entries", heapEntries);
    requireAtLeastOne("disk entries", diskEntries);
    requireAtLeastOne("disk bytes", diskBytes);
    requireAtLeastOne("max idle milliseconds", maxIdleMillis);
    if (persistent && diskEntries <= heapEntries) {
      throw new IllegalArgumentException("The file must be allowed more entries ("
          + diskEntries
          + ") than the heap in front of it ("
          + heapEntries
          + ")");
    }
  }

  CacheLimits inHeapAlone() {
    return new CacheLimits(false, heapEntries, diskEntries, diskBytes, maxIdleMillis);
  }

  private static void requireAtLeastOne(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1: " + value);
    }
  }
}
