package io.holdfast.store;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The row of the table {@code store}, read from its page without SQLite.
 *
 * @param logNumber of the newest log of which something is in the page
 * @see <a href="https://sqlite.org/fileformat2.html#b_tree_pages">B-tree pages</a>
 */
record StoreRow(long seed0, long seed1, long logNumber) {
  /** Of the page: the first table, after the schema and the map of pages. */
  static final int PAGE = 3;

  private static final byte LEAF = 0x0d;
  private static final int CELL_COUNT_AT = 3;
  private static final int CELL_POINTER_AT = 8;
  private static final int ROW_ID = 1;

  // The id is in the row's id; seeds, creation, number of the log, each of these an integer.
  private static final int MOST_COLUMNS = 5;
  private static final int LEAST_COLUMNS = 4; // before there was a number
  private static final int[] BYTES_OF_TYPE = {0, 1, 2, 3, 4, 6, 8, 0, 0, 0};
  private static final int TYPE_OF_ONE = 9;

  boolean isOfSameFile(StoreRow other) {
    return seed0 == other.seed0 && seed1 == other.seed1;
  }

  /** Null if this is no such page: torn, or of a file whose pages lie in another order. */
  static @Nullable StoreRow parse(byte[] page) {
    ByteBuffer bytes = ByteBuffer.wrap(page);
    if (page[0] != LEAF || bytes.getShort(CELL_COUNT_AT) != 1) {
      return null;
    }
    // Each of these numbers takes one byte: how long the
    // record is, the row's id, how long its head is.
    int cell = bytes.getShort(CELL_POINTER_AT) & 0xffff;
    int record = cell + 2;
    if (record + MOST_COLUMNS > page.length || page[cell + 1] != ROW_ID) {
      return null;
    }
    int columns = page[record] - 1;
    if (columns < LEAST_COLUMNS
        || columns > MOST_COLUMNS
        || page[record + 1] != 0
        || record + page[cell] > page.length) {
      return null;
    }
    return parse(bytes, record, columns);
  }

  private static @Nullable StoreRow parse(ByteBuffer bytes, int record, int columns) {
    long[] values = new long[MOST_COLUMNS];
    int at = record + 1 + columns;
    for (int column = 1; column < columns; column++) {
      int type = bytes.get(record + 1 + column);
      if (type < 1 || type > TYPE_OF_ONE || at + BYTES_OF_TYPE[type] > bytes.capacity()) {
        return null;
      }
      values[column] = type == TYPE_OF_ONE ? 1 : integer(bytes, at, BYTES_OF_TYPE[type]);
      at += BYTES_OF_TYPE[type];
    }
    return new StoreRow(values[1], values[2], values[4]);
  }

  private static long integer(ByteBuffer bytes, int at, int length) {
    long value = length == 0 ? 0 : bytes.get(at); // with its sign
    for (int i = 1; i < length; i++) {
      value = (value << Byte.SIZE) | (bytes.get(at + i) & 0xff);
    }
    return value;
  }
}
