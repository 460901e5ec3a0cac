package io.holdfast.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteLimits;

/**
 * How large an entry may be, so that none exhausts the memory of who reads it. Larger ones are not
 * written; SQLite itself refuses to read them, before it allocates anything.
 *
 * @see <a href="https://sqlite.org/limits.html">Implementation limits for SQLite</a>
 */
record EntryLimit(long maxBytes) {
  private static final long MOST_BYTES_OF_A_CHAR = 3;

  // SQLite limits the whole row so, with its header and its numbers, and texts in the schema.
  private static final long REST_OF_ROW_BYTES = 65_536;

  /** Has SQLite refuse what is larger. */
  void applyTo(SQLiteConnection connection) throws SQLException {
    connection.setLimit(
        SQLiteLimits.SQLITE_LIMIT_LENGTH, Math.toIntExact(maxBytes + REST_OF_ROW_BYTES));
  }

  /**
   * Lets changes pass whose entries are not larger.
   *
   * @throws StoreException if one is; nothing was changed
   */
  void require(List<? extends Change> changes, Path file) {
    for (Change change : changes) {
      if (change instanceof Change.Put put) {
        require(put.key().column(), put.value(), file);
      }
    }
  }

  private void require(Cell key, Cell value, Path file) {
    if (mostBytes(key) + mostBytes(value) <= maxBytes) {
      return;
    }
    long bytes = Columns.payloadBytes(key) + Columns.payloadBytes(value);
    if (bytes > maxBytes) {
      throw new StoreException(
          "Could not write an entry in " + file + ": it has " + bytes + " bytes, and " + maxBytes
              + " are allowed (holdfast.entry.bytes). Nothing was changed.",
          file);
    }
  }

  // Spares the look at each character of what is small anyway.
  private static long mostBytes(Cell cell) {
    return cell instanceof Cell.Text text
        ? MOST_BYTES_OF_A_CHAR * text.value().length()
        : Columns.payloadBytes(cell);
  }

  /** Whether SQLite met a larger one. */
  static boolean isExceededIn(Throwable failure) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLiteException e && e.getResultCode() == SQLiteErrorCode.SQLITE_TOOBIG) {
        return true;
      }
    }
    return false;
  }
}
