package io.holdfast.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Decides, before SQLite touches it, whether a file may be opened: ours, complete, and on a file
 * system where it can work. A refused file is left as it was, byte for byte.
 *
 * <p>Reads the 100-byte header directly. That is only allowed while no SQLite connection of this
 * process has the file open, because closing the descriptor drops the process's locks on it.
 *
 * @see <a href="https://sqlite.org/fileformat2.html#the_database_header">The database header</a>
 */
final class FileGate {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(US_ASCII);
  private static final int HEADER_BYTES = 100;
  private static final int PAGE_SIZE_AT = 16;
  private static final int CHANGE_COUNTER_AT = 24;
  private static final int PAGE_COUNT_AT = 28;
  private static final int USER_VERSION_AT = 60;
  private static final int APPLICATION_ID_AT = 68;
  private static final int VERSION_VALID_FOR_AT = 92;

  private FileGate() {}

  /** Makes an empty file that only its owner can read; SQLite gives its log the same permissions. */
  static void createIfAbsent(Path file) {
    if (Files.exists(file)) {
      return;
    }
    Path directory = file.getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      throw new StoreException(
          "Could not create " + file + ": there is no directory " + directory, file);
    }
    Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rw-------");
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException anotherProcessWasFaster) {
      // It is opened like any other file that exists.
    } catch (IOException e) {
      throw new StoreException("create a cache file", file, e);
    }
  }

  /** Refuses what is no file of this user's on a local file system; by its name alone. */
  static void checkPlace(Path file) {
    requireRegularFile(file);
    FileTrust.check(file);
    requireLocalFileSystem(file);
  }

  /** Refuses a file that is not a cache file of a format we know. An empty one may become one. */
  static void checkContent(Path file, OpenFiles.IfAbsent ifEmpty) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    long sizeBytes;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      sizeBytes = channel.size();
      while (header.hasRemaining() && channel.read(header) >= 0) {
        // until the header is full or the file ends
      }
    } catch (IOException e) {
      throw new StoreException("read the header", file, e);
    }
    if (sizeBytes == 0) {
      if (ifEmpty == OpenFiles.IfAbsent.FAIL) {
        throw new StoreException(file + " is not a Holdfast cache file: it is empty", file);
      }
      return;
    }
    if (sizeBytes < HEADER_BYTES
        || !Arrays.equals(MAGIC, 0, MAGIC.length, header.array(), 0, MAGIC.length)) {
      throw new StoreException(
          file + " is not a Holdfast cache file: it is no SQLite database. It was left untouched.",
          file);
    }
    if (header.getInt(APPLICATION_ID_AT) != Pragmas.APPLICATION_ID) {
      throw new StoreException(
          file
              + " is not a Holdfast cache file: it is a SQLite database of another program. It was left untouched.",
          file);
    }
    requireKnownFormat(file, header.getInt(USER_VERSION_AT));
    requireWhole(file, header, sizeBytes);
  }

  static void requireKnownFormat(Path file, long format) {
    if (format > Migrations.CURRENT_FORMAT) {
      throw new StoreException(
          file + " has cache format " + format
              + ", written by a newer Holdfast; this one knows formats up to "
              + Migrations.CURRENT_FORMAT + ". It was left untouched.",
          file);
    }
  }

  private static void requireWhole(Path file, ByteBuffer header, long sizeBytes) {
    int pageSizeField = header.getShort(PAGE_SIZE_AT) & 0xffff;
    long pageSizeBytes = pageSizeField == 1 ? 65_536 : pageSizeField;
    // SQLite itself trusts the page count only when these two agree.
    boolean countIsValid = header.getInt(CHANGE_COUNTER_AT) == header.getInt(VERSION_VALID_FOR_AT);
    long expectedBytes = (header.getInt(PAGE_COUNT_AT) & 0xffff_ffffL) * pageSizeBytes;
    if (!countIsValid || sizeBytes >= expectedBytes || hasLog(file)) {
      return;
    }
    long sizeNowBytes = sizeOf(file); // another process may have finished and emptied its log since
    if (sizeNowBytes < expectedBytes) {
      throw new DamagedFileException(
          file + " is damaged: it has " + sizeNowBytes + " bytes and its header says "
              + expectedBytes,
          file);
    }
  }

  // A checkpoint writes the first page before those that make the file longer, and leaves the
  // log until it is done. So under way or killed, it has damaged nothing: what is missing is in
  // the log, and if it is not, SQLite says so.
  private static boolean hasLog(Path file) {
    return sizeOf(file.resolveSibling(file.getFileName() + "-wal")) > 0;
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new StoreException("read the size", file, e);
    }
  }

  private static void requireRegularFile(Path file) {
    if (!Files.exists(file)) {
      throw new StoreException("There is no cache file " + file, file);
    }
    if (!Files.isRegularFile(file)) {
      throw new StoreException(file + " is not a file", file);
    }
    if (!Files.isReadable(file) || !Files.isWritable(file)) {
      throw new StoreException(
          "Could not open " + file + ": this user may not read and write it", file);
    }
  }

  // A write-ahead log needs memory shared between its users, which no network file system gives.
  // https://sqlite.org/wal.html
  private static void requireLocalFileSystem(Path file) {
    String type;
    try {
      type = Files.getFileStore(file).type().toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      throw new StoreException("find the file system", file, e);
    }
    if (type.startsWith("nfs")
        || type.startsWith("smb")
        || type.equals("cifs")
        || type.equals("afs")
        || type.equals("fuse.sshfs")) {
      throw new StoreException(
          file + " is on a network file system (" + type
              + "), where SQLite's log cannot be shared; use a local disk",
          file);
    }
  }

  /** Loads SQLite's native library, which the driver unpacks into the temporary directory. */
  static void loadNativeLibrary(Path file) {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception | LinkageError e) {
      String directory =
          System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir", "?"));
      throw new StoreException(
          "load SQLite's native library (unpacked into " + directory
              + ", which must not be mounted noexec; -Dorg.sqlite.tmpdir=… chooses another directory) to open a cache",
          file,
          e);
    }
  }
}
