package io.holdfast.store;

import java.nio.file.Path;

/** SQLite could not do what was asked. The message names the action and the file, never a key or a value. */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Path file;

  /**
   * A failure of SQLite or the disk.
   *
   * @param action what was tried, as a verb phrase: {@code "write an entry"}
   */
  public StoreException(String action, Path file, Throwable cause) {
    super("Could not " + action + " in " + file + ": " + cause.getMessage(), cause);
    this.file = file;
  }

  /** A failure that no other exception caused. */
  public StoreException(String message, Path file) {
    super(message);
    this.file = file;
  }

  /** The cache file. */
  public Path file() {
    return file;
  }
}
