package io.holdfast.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Refuses a file whose schema would run SQL of somebody else's when rows are read or written: triggers,
 * virtual tables, and views in the place of our tables. Holdfast makes none of them.
 *
 * <p>What is left, expressions in the definition of a table, may call harmless functions only ({@link
 * Pragmas}).
 *
 * @see <a href="https://sqlite.org/security.html">Defense against the dark arts</a>
 */
final class SchemaGuard {
  private static final String FOREIGN = """
      SELECT count(*) FROM sqlite_schema
      WHERE type = 'trigger'
         OR (type = 'table' AND rootpage = 0)
         OR (type = 'view' AND (name IN ('store', 'cache', 'tally', 'state')
             OR name GLOB 'entry_[0-9]*' OR name GLOB 'access_[0-9]*'))
      """;

  private SchemaGuard() {}

  static void check(Connection connection, Path file) throws SQLException {
    // As bytes they are read and hashed; nobody can change the encoding of a file that has tables.
    if (!"UTF-8".equals(Pragmas.readText(connection, "PRAGMA encoding"))) {
      throw new StoreException(
          file + " holds its texts in UTF-16, which Holdfast does not read. It was left untouched.",
          file);
    }
    if (Pragmas.readLong(connection, FOREIGN) > 0) {
      throw new StoreException(
          file
              + " holds a trigger, a virtual table or a view that Holdfast did not make; drop it, or"
              + " remove the file. It was left untouched.",
          file);
    }
  }
}
