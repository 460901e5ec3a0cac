package io.holdfast.store;

import io.holdfast.store.CacheFile.IfPresent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;

/**
 * Copies a file at one moment, while this and other processes use it.
 *
 * @see <a href="https://sqlite.org/lang_vacuum.html#vacuuminto">VACUUM INTO</a>
 */
final class FileBackup {
  private static final String ACTION = "back up";

  private final ConnectionSource source;
  private final Path file;

  FileBackup(ConnectionSource source) {
    this.source = source;
    this.file = source.file();
  }

  void run(Path target, IfPresent ifPresent) {
    try {
      if (Files.exists(target) && Files.isSameFile(file, target)) {
        throw new StoreException(target + " is the cache file itself. It was left as it is.", file);
      }
      try (NewFile copy = NewFile.create(target, ifPresent)) {
        copyInto(copy.part());
        numberAnew(copy.part());
        copy.publish();
      }
    } catch (SQLException | IOException e) {
      throw new StoreException(ACTION, file, e);
    }
  }

  // One read transaction: writers go on, and the log keeps what they write until it ends.
  private void copyInto(Path part) throws SQLException {
    try (SQLiteConnection connection = source.openCheckpointing();
        PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, part.toString());
      copy.execute();
    }
  }

  // So that a log of the original, left where the copy is put one day, is not taken for the copy's.
  private static void numberAnew(Path part) throws SQLException {
    try (SQLiteConnection connection = Pragmas.openReader(part)) {
      Pragmas.run(connection, "PRAGMA query_only = 0");
      Pragmas.run(connection, LogMark.NUMBER_ANEW);
    }
  }
}
