package io.holdfast.store;

import java.nio.file.Path;

/** A file that is ours, but not whole. */
final class DamagedFileException extends StoreException {
  private static final long serialVersionUID = 1L;

  DamagedFileException(String message, Path file) {
    super(message, file);
  }
}
