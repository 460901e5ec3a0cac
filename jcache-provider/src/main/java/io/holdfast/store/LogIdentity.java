package io.holdfast.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Which files the log of an open file and the log's index are. They stay the same from the first
 * connection that opens them to the last that closes, of all processes, unless somebody removes them:
 * then later connections begin another log, and what is in this one is lost with the last that has it.
 */
record LogIdentity(Path log, FileIdentity logIdentity, Path index, FileIdentity indexIdentity) {

  // https://sqlite.org/fileformat2.html#the_write_ahead_log
  private static final long HEADER_BYTES = 32;
  private static final long FRAME_BYTES = 24 + Pragmas.PAGE_BYTES;

  /**
   * Of a file that this process has open.
   *
   * @throws RemovedLogException if one of them has lost its name since
   */
  static LogIdentity of(Path file) {
    Path log = FileSizes.logOf(file);
    Path index = file.resolveSibling(file.getFileName() + "-shm");
    try {
      return new LogIdentity(log, FileIdentity.of(log), index, FileIdentity.of(index));
    } catch (StoreException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        throw new RemovedLogException(file);
      }
      throw e;
    }
  }

  /**
   * Fails if the log lacks pages that its index tells of. Then another process has opened another log,
   * which was removed; what is committed to this one could not be recovered after a crash.
   */
  static void requireWhole(Path file, WalIndex index) {
    long checksum;
    long missingBytes;
    do {
      checksum = index.checksum();
      long frames = index.frames();
      missingBytes = frames == 0
          ? 0
          : HEADER_BYTES + frames * FRAME_BYTES - FileSizes.logOf(file).toFile().length();
      // Meanwhile another process may have cut the log, and told the index before.
    } while (checksum != index.checksum());
    if (missingBytes > 0) {
      throw new RemovedLogException(file);
    }
  }

  /**
   * Takes the index its name, if it has it still: later connections make another. So nobody who still has
   * this log has an index in common with those who begin another.
   */
  void removeIndex() {
    if (indexIdentity.isStillAt(index)) {
      try {
        Files.deleteIfExists(index);
      } catch (IOException e) {
        throw new StoreException("remove the index of a removed log", index, e);
      }
    }
  }

  /** Whether one of them still has its name. */
  boolean isAnyInPlace() {
    return logIdentity.isStillAt(log) || indexIdentity.isStillAt(index);
  }

  /** Whether both still have their names. */
  boolean areInPlace() {
    return logIdentity.isStillAt(log) && indexIdentity.isStillAt(index);
  }

  /**
   * Whether nobody can have written to another log. To be asked while no other process can commit: with
   * the write lock, which is in the index.
   */
  boolean isTheOnlyOne() {
    // Whoever has this index waits for the lock. With another index, nobody need have waited.
    return indexIdentity.isStillAt(index)
        ? logIdentity.isStillAt(log) || log.toFile().length() == 0
        : Files.notExists(index);
  }
}
