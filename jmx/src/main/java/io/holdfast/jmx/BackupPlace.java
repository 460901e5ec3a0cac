package io.holdfast.jmx;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The one directory into which backups may be written. A name comes over the network from whoever may
 * call operations, so it is a plain file name and nothing else: no path, no hidden file, nothing that
 * SQLite would take for the log of a neighbour.
 */
record BackupPlace(Path directory) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.db");

  /**
   * The place for a backup of this name.
   *
   * @throws IllegalArgumentException if it is not such a name; says what one looks like
   */
  Path of(String fileName) {
    if (!NAME.matcher(fileName).matches()) {
      throw new IllegalArgumentException(
          "A backup needs a plain file name that ends in .db, such as monday-1.db: letters, digits,"
              + " points, hyphens and underscores, at most 103 of them");
    }
    return directory.resolve(fileName);
  }
}
