package io.holdfast.store;

/**
 * One column value as SQLite stores it: TEXT, INTEGER, REAL or BLOB.
 *
 * @see <a href="https://sqlite.org/datatype3.html">Datatypes in SQLite</a>
 */
public sealed interface Cell {

  /** TEXT. */
  record Text(String value) implements Cell {}

  /** INTEGER, 64 bits. */
  record Whole(long value) implements Cell {}

  /** REAL, 64 bits. */
  record Real(double value) implements Cell {}

  /** BLOB. The array is shared, never copied: neither side may change it afterwards. */
  @SuppressWarnings("ArrayRecordComponent") // compared with Arrays.equals below
  record Blob(byte[] value) implements Cell {
    @Override
    public boolean equals(Object other) {
      return other instanceof Blob blob && java.util.Arrays.equals(value, blob.value);
    }

    @Override
    public int hashCode() {
      return java.util.Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "Blob[" + value.length + " bytes]";
    }
  }
}
