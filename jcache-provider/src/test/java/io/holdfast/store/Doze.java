package io.holdfast.store;

import java.nio.file.Path;

/** What a test waits for where nobody but the next read looks for foreign commits. */
public final class Doze {

  private Doze() {}

  /** Whether that is so in a file that is open in this JVM. */
  public static boolean isOn(Path file) {
    try (CacheFile again = CacheFile.openExisting(file)) {
      return ((CacheFileHandle) again).shared().run(SqliteCacheFile::isLeftToReaders);
    }
  }
}
