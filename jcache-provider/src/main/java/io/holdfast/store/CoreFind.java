package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.Codes;
import org.sqlite.core.CorePreparedStatement;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/**
 * The row of a key by the calls that the driver's result sets are made of. A result set asks SQLite
 * for the names of all columns at each query, and looks at several switches for each column; that costs
 * as much as finding the row. Does what {@link EntryReader} does with a result set, from the same text.
 */
final class CoreFind {
  /** Whether the driver has these calls: they are public, but no part of JDBC. */
  static final boolean IS_POSSIBLE = isPossible();

  private CoreFind() {}

  private static boolean isPossible() {
    try {
      DB.class.getMethod("execute", CoreStatement.class, Object[].class);
      DB.class.getMethod("step", long.class);
      DB.class.getMethod("reset", long.class);
      for (String type : new String[] {"type", "blob", "double", "long"}) {
        DB.class.getMethod("column_" + type, long.class, int.class);
      }
      return CoreStatement.class.getField("pointer") != null;
    } catch (ReflectiveOperationException | LinkageError e) {
      return false;
    }
  }

  /**
   * The row with exactly this key column, or null.
   *
   * @param find the text of {@link EntrySql#find()} or {@link EntrySql#findWithoutAccess()}
   */
  static @Nullable StoredEntry find(CorePreparedStatement find, Bucket bucket, Cell key)
      throws SQLException {
    Object[] bounds = {bucket.first(), bucket.last()};
    if (!find.getDatabase().execute(find, bounds)) {
      return null;
    }
    try {
      return find.pointer.<@Nullable StoredEntry, SQLException>safeRun(
          (database, row) -> rowOf(key, database, row));
    } finally {
      find.pointer.safeRunInt(DB::reset);
    }
  }

  /**
   * The rows of a bucket, without their values.
   *
   * @param probe the text of {@link EntrySql#probe()}
   */
  static List<EntryWriter.Present> probe(CorePreparedStatement probe, Bucket bucket)
      throws SQLException {
    Object[] bounds = {bucket.first(), bucket.last()};
    if (!probe.getDatabase().execute(probe, bounds)) {
      return List.of();
    }
    try {
      return probe.pointer.<List<EntryWriter.Present>, SQLException>safeRun(CoreFind::present);
    } finally {
      probe.pointer.safeRunInt(DB::reset);
    }
  }

  private static List<EntryWriter.Present> present(DB database, long row) throws SQLException {
    var rows = new ArrayList<EntryWriter.Present>(1);
    do {
      rows.add(new EntryWriter.Present(
          database.column_long(row, 0),
          cell(database, row, 1),
          database.column_long(row, 2),
          database.column_long(row, 3),
          database.column_long(row, 4),
          database.column_long(row, 5)));
    } while (hasNext(database, row));
    return rows;
  }

  private static @Nullable StoredEntry rowOf(Cell key, DB database, long row) throws SQLException {
    do {
      if (key.equals(cell(database, row, 1))) {
        return entry(database, row, key);
      }
    } while (hasNext(database, row));
    return null;
  }

  private static boolean hasNext(DB database, long row) throws SQLException {
    int status = database.step(row) & 0xff;
    if (status != Codes.SQLITE_ROW && status != Codes.SQLITE_DONE) {
      database.throwex(status);
    }
    return status == Codes.SQLITE_ROW;
  }

  private static StoredEntry entry(DB database, long row, Cell key) throws SQLException {
    long createdAtMillis = database.column_long(row, 3);
    return new StoredEntry(
        database.column_long(row, 0),
        key,
        cell(database, row, 6),
        database.column_long(row, 2),
        createdAtMillis,
        database.column_long(row, 4),
        Math.max(createdAtMillis, database.column_long(row, 5)));
  }

  private static Cell cell(DB database, long row, int column) throws SQLException {
    return switch (database.column_type(row, column)) {
      case Codes.SQLITE_TEXT -> new Cell.Text(text(database, row, column));
      case Codes.SQLITE_BLOB -> new Cell.Blob(database.column_blob(row, column));
      case Codes.SQLITE_INTEGER -> new Cell.Whole(database.column_long(row, column));
      case Codes.SQLITE_FLOAT -> new Cell.Real(database.column_double(row, column));
      default -> throw new SQLException("column " + (column + 1) + " holds no value");
    };
  }

  // The driver's own way decodes a buffer outside the heap, character by character.
  // A cache file is in UTF-8, and of a text of no length there are no bytes.
  private static String text(DB database, long row, int column) throws SQLException {
    byte @Nullable [] bytes = database.column_blob(row, column);
    return bytes == null ? "" : new String(bytes, UTF_8);
  }
}
