package io.holdfast.jcache;

/**
 * Where a cache lives and how much it may hold.
 *
 * @param persistent whether entries are kept in the manager's file
 * @param heapEntries entries in the heap tier
 * @param diskEntries entries in the file; {@link Long#MAX_VALUE} for no limit
 * @param diskBytes bytes of keys and values in the file; {@link Long#MAX_VALUE} for no limit
 */
record CacheLimits(boolean persistent, long heapEntries, long diskEntries, long diskBytes) {

  CacheLimits {
    requireAtLeastOne("heap entries", heapEntries);
    requireAtLeastOne("disk entries", diskEntries);
    requireAtLeastOne("disk bytes", diskBytes);
    if (persistent && diskEntries <= heapEntries) {
      throw new IllegalArgumentException("The file must be allowed more entries ("
          + diskEntries
          + ") than the heap in front of it ("
          + heapEntries
          + ")");
    }
  }

  CacheLimits inHeapAlone() {
    return new CacheLimits(false, heapEntries, diskEntries, diskBytes);
  }

  private static void requireAtLeastOne(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1: " + value);
    }
  }
}
