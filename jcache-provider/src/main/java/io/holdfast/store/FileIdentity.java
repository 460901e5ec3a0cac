package io.holdfast.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Which file a name stands for, whatever its content: device and inode. One {@code stat} a question, and
 * no descriptor: closing one would drop SQLite's locks.
 *
 * @param key null where the file system has no such thing, and then nothing is ever seen to move
 */
record FileIdentity(@Nullable Object key) {

  /** Of the file that has this name now. */
  static FileIdentity of(Path file) {
    try {
      return new FileIdentity(
          Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      throw new StoreException("read the attributes", file, e);
    }
  }

  /** Whether the name still stands for this file; true while nobody can tell. */
  boolean isStillAt(Path file) {
    if (key == null) {
      return true;
    }
    try {
      return key.equals(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException unreadable) {
      return true;
    }
  }

  boolean isSame(FileIdentity other) {
    return key != null && key.equals(other.key);
  }
}
