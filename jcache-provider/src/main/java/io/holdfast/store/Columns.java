package io.holdfast.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Cells into statement parameters and out of result columns. */
final class Columns {

  private Columns() {}

  static void bind(PreparedStatement statement, int parameter, Cell cell) throws SQLException {
    if (cell instanceof Cell.Text text) {
      statement.setString(parameter, text.value());
    } else if (cell instanceof Cell.Whole whole) {
      statement.setLong(parameter, whole.value());
    } else if (cell instanceof Cell.Real real) {
      statement.setDouble(parameter, real.value());
    } else {
      statement.setBytes(parameter, ((Cell.Blob) cell).value());
    }
  }

  static Cell read(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    if (value instanceof String text) {
      return new Cell.Text(text);
    }
    if (value instanceof byte[] bytes) {
      return new Cell.Blob(bytes);
    }
    if (value instanceof Double real) {
      return new Cell.Real(real);
    }
    if (value instanceof Number whole) {
      return new Cell.Whole(whole.longValue());
    }
    throw new SQLException("column " + column + " holds no value");
  }

  /** What a cell counts towards the size of its cache: encoded length, 8 for a number. */
  static long payloadBytes(Cell cell) {
    if (cell instanceof Cell.Text text) {
      return utf8Length(text.value());
    }
    return cell instanceof Cell.Blob blob ? blob.value().length : Long.BYTES;
  }

  private static long utf8Length(String text) {
    long length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next >= 0x80) {
        // Each half of a surrogate pair counts two of the four bytes.
        length += next < 0x800 || Character.isSurrogate(next) ? 1 : 2;
      }
    }
    return length;
  }

  /** What keys and values of these rows count for. */
  static long payloadBytes(List<StoredEntry> entries) {
    long bytes = 0;
    for (StoredEntry entry : entries) {
      bytes += payloadBytes(entry.key()) + payloadBytes(entry.value());
    }
    return bytes;
  }
}
