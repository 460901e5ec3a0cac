package io.holdfast.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;

/**
 * Opens connections to one file, and never to another that has its name by then.
 *
 * <p>SQLite opens by name, and a file may be replaced at any time. A connection to the new file would
 * share the log's index with those to the old one, and empty it under them: the process would die of a
 * SIGBUS. One to the old file might meet the log of the new one. So the name is looked up again after the
 * file was opened and before anything is read, and once more when its log was opened.
 */
final class ConnectionSource {
  private final Path file;
  private final FileIdentity identity;

  ConnectionSource(Path file, FileIdentity identity) {
    this.file = file;
    this.identity = identity;
  }

  Path file() {
    return file;
  }

  FileIdentity identity() {
    return identity;
  }

  /** Whether the file still has its name; true while nobody can tell. */
  boolean isInPlace() {
    return identity.isStillAt(file);
  }

  SQLiteConnection openWriter(Durability durability) throws SQLException {
    return Pragmas.openWriter(file, durability, this::requireInPlace);
  }

  SQLiteConnection openReader() throws SQLException {
    return Pragmas.openReader(file, this::requireInPlace);
  }

  SQLiteConnection openCheckpointing() throws SQLException {
    return Pragmas.openCheckpointing(file, this::requireInPlace);
  }

  /** Fails if another file has the name now, or none. */
  void requireInPlace() throws SQLException {
    if (!isInPlace()) {
      throw new SQLException(file + " is not the file that was opened any more");
    }
  }
}
