package io.holdfast.store;

/**
 * The row ids that rows of one key hash can have: 47 bits of hash, then a 16-bit slot.
 *
 * <p>Slot 0 is taken first and nearly always the only one. Two keys that share the 47 bits sit in
 * different slots of one bucket; a look-up reads the whole bucket, so a deleted slot needs no
 * tombstone. Row ids are not negative: 63 bits, spread evenly, which eviction samples.
 *
 * @param first the row id of slot 0
 */
record Bucket(long first) implements Comparable<Bucket> {
  static final int SLOTS = 1 << 16;

  static Bucket of(long hash) {
    return new Bucket((hash >>> 1) & -SLOTS);
  }

  /** The row id of the last slot, inclusive. */
  long last() {
    return first + SLOTS - 1;
  }

  @Override
  public int compareTo(Bucket other) {
    return Long.compare(first, other.first);
  }
}
