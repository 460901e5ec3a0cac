package io.holdfast.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Tells, before SQLite does, whether the log beside a file is the log of this file, as the file is now. A log
 * that another file left there, or this file before an older or newer copy took its place, is valid by
 * itself, and SQLite would move its pages into the file.
 *
 * <p>The row of {@code store} says it, which {@link LogMark} has in each log: its seed is that of the file, and
 * the number of the log in the file is the one before the log's first, or one of the log's. A log without that
 * row is taken for the file's own.
 *
 * <p>Reads both files past SQLite, so only while this process has no connection to the file, and not while
 * another has: then the log is in use.
 *
 * @see <a href="https://sqlite.org/fileformat2.html#the_write_ahead_log">The log</a>
 */
final class LogOrigin {
  // Everybody who has opened a log has a shared lock on the file, until they close it: 1 GiB,
  // and two bytes that are for writers. https://sqlite.org/fileformat2.html#the_lock_byte_page
  private static final long SHARED_LOCKS_AT = (1L << 30) + 2;
  private static final long SHARED_LOCKS = 510;

  private static final int LOG_HEADER_BYTES = 32;
  private static final int LOG_PAGE_SIZE_AT = 8;
  private static final int LOG_SALTS_AT = 16;
  private static final int FRAME_HEADER_BYTES = 24;
  private static final int FRAME_SALTS_AT = 8;
  private static final int FRAME_BYTES = FRAME_HEADER_BYTES + Pragmas.PAGE_BYTES;

  private static final String LATER_OR_EARLIER =
      "is of another time than the file, of which there must be a copy";

  private LogOrigin() {}

  /**
   * Lets a file pass whose log is its own, or is in use. Reads as much of the log as it takes to know, at
   * most the head of each page in it.
   *
   * @throws DamagedFileException if the log is that of another file, or of this one at another time
   * @throws RemovedLogException if there is none and yet a process has the file open: whoever began
   *     another log now would commit beside the one that was removed
   */
  static void require(Path file) {
    look(file, /* mustHaveLog= */ true);
  }

  /** As above, for whoever had the file open and told others to leave a log that was removed. */
  static void requireAgain(Path file) {
    look(file, /* mustHaveLog= */ false);
  }

  private static void look(Path file, boolean mustHaveLog) {
    Path log = FileSizes.logOf(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      FileLock alone = channel.tryLock(SHARED_LOCKS_AT, SHARED_LOCKS, /* shared= */ false);
      if (alone == null) {
        if (mustHaveLog && Files.notExists(log)) {
          throw new RemovedLogException(file);
        }
        return;
      }
      if (FileSizes.of(file).walBytes() >= LOG_HEADER_BYTES + FRAME_BYTES) {
        compare(file, channel, log);
      }
    } catch (OverlappingFileLockException anotherThreadAsks) {
      throw new RemovedLogException(file);
    } catch (IOException e) {
      throw new StoreException("read the log", file, e);
    }
  }

  private static void compare(Path file, FileChannel channel, Path log) throws IOException {
    StoreRow inFile = storeAt(channel, (StoreRow.PAGE - 1L) * Pragmas.PAGE_BYTES);
    if (inFile == null) {
      return;
    }
    try (FileChannel logChannel = FileChannel.open(log, StandardOpenOption.READ)) {
      byte[] header = read(logChannel, 0, LOG_HEADER_BYTES);
      if (header != null && intAt(header, LOG_PAGE_SIZE_AT) == Pragmas.PAGE_BYTES) {
        compare(file, inFile, logChannel, longAt(header, LOG_SALTS_AT));
      }
    }
  }

  private static void compare(Path file, StoreRow inFile, FileChannel log, long salts)
      throws IOException {
    boolean isFirst = true;
    // What comes after other salts is of an earlier log. Sums are checked by whoever
    // opens the file: here a page that is torn is one that does not look like it.
    byte[] head = read(log, LOG_HEADER_BYTES, FRAME_HEADER_BYTES);
    for (long at = LOG_HEADER_BYTES;
        head != null && longAt(head, FRAME_SALTS_AT) == salts;
        head = read(log, at, FRAME_HEADER_BYTES)) {
      StoreRow inLog =
          intAt(head, 0) == StoreRow.PAGE ? storeAt(log, at + FRAME_HEADER_BYTES) : null;
      at += FRAME_BYTES;
      if (inLog == null) {
        continue;
      }
      if (!inLog.isOfSameFile(inFile)) {
        throw foreign(file, "is the log of another cache file");
      }
      if (isFirst && inFile.logNumber() < inLog.logNumber() - 1) {
        throw foreign(file, LATER_OR_EARLIER);
      }
      if (inFile.logNumber() <= inLog.logNumber()) {
        return;
      }
      isFirst = false;
    }
    if (!isFirst) {
      throw foreign(file, LATER_OR_EARLIER);
    }
  }

  private static DamagedFileException foreign(Path file, String why) {
    return new DamagedFileException(
        "The log beside " + file + " " + why
            + ". To go on with the file alone, move both to another place, and only the file back",
        file);
  }

  private static @Nullable StoreRow storeAt(FileChannel channel, long position) throws IOException {
    byte[] page = read(channel, position, Pragmas.PAGE_BYTES);
    return page == null ? null : StoreRow.parse(page);
  }

  private static long longAt(byte[] bytes, int offset) {
    return ByteBuffer.wrap(bytes).getLong(offset);
  }

  private static int intAt(byte[] bytes, int offset) {
    return ByteBuffer.wrap(bytes).getInt(offset);
  }

  /** So many bytes, or null where the file ends before. */
  private static byte @Nullable [] read(FileChannel channel, long position, int bytes)
      throws IOException {
    byte[] bytesRead = new byte[bytes];
    ByteBuffer content = ByteBuffer.wrap(bytesRead);
    while (content.hasRemaining()) {
      if (channel.read(content, position + content.position()) < 0) {
        return null;
      }
    }
    return bytesRead;
  }
}
