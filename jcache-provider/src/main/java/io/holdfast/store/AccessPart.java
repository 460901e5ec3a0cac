package io.holdfast.store;

/**
 * The part of a table whose reads are noted until the next turn: one of equal ranges of row ids, which are
 * hashes, so a fair sample of the keys. A range, as the accesses of neighbours share pages.
 *
 * @param ofParts how many parts there are, a power of two; a hit in one stands for so many
 * @param turn counts the turns; each takes the next part
 */
record AccessPart(int ofParts, int turn) {
  static final AccessPart WHOLE = new AccessPart(1, 0);

  private static final int MOST_PARTS = 64;
  private static final int ROW_ID_BITS = 63;

  boolean contains(long rowId) {
    int number = turn & (ofParts - 1);
    return rowId >>> (ROW_ID_BITS - Integer.numberOfTrailingZeros(ofParts)) == number;
  }

  /**
   * The next part. It is at most twice as large as this one: a turn that comes early has few rows.
   *
   * @param rows how many rows were read in this one
   * @param wantedRows how many rows of the next one are to be read at most, if things go on so
   */
  AccessPart next(long rows, long wantedRows) {
    int parts = Math.max(1, ofParts / 2);
    while (parts < MOST_PARTS && rows * ofParts > wantedRows * parts) {
      parts *= 2;
    }
    return new AccessPart(parts, turn + 1);
  }
}
