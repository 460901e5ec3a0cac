package io.holdfast.store;

import java.nio.file.Path;

/** How large a file and its log are at this moment; 0 for what is not there. */
record FileSizes(long fileBytes, long walBytes) {

  static FileSizes of(Path file) {
    return new FileSizes(sizeOf(file), sizeOf(logOf(file)));
  }

  static Path logOf(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  private static long sizeOf(Path file) {
    return file.toFile().length();
  }
}
