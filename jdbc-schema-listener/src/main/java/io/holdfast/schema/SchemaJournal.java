package io.holdfast.schema;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A file of drifts, an entry a line, as JSON. Several processes may write into one.
 *
 * <p>What has been appended survives the end of the process, and a line that was torn by one is dropped.
 * When {@value #MAX_ENTRIES} entries are in the file it becomes {@code FILE.1} and a new one begins, so at
 * least the last {@value #MAX_ENTRIES} and at most twice as many are kept. The files, and the {@code
 * FILE.lock} that writers take turns by, are their owner's alone.
 */
public final class SchemaJournal {

  /** After so many entries a file is put aside for a new one. */
  public static final int MAX_ENTRIES = 1_000;

  private static final Logger LOGGER = System.getLogger(SchemaJournal.class.getName());
  private static final long LOCK_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LOCK_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Path file;
  private long knownBytes = -1;
  private int entries;

  SchemaJournal(Path file) {
    this.file = file;
  }

  /**
   * The entries of a journal, oldest first. Lines that are no entries are left out. Blocks for reading two
   * files of some hundred kilobytes; writers are not held up.
   *
   * @throws IOException if there is no such file, or it cannot be read
   */
  public static List<JournalEntry> read(Path file) throws IOException {
    var entries = new ArrayList<JournalEntry>();
    if (Files.exists(earlier(file))) {
      collect(earlier(file), entries);
      if (!Files.exists(file)) {
        return entries;
      }
    }
    collect(file, entries);
    return entries;
  }

  private static Path earlier(Path file) {
    return file.resolveSibling(file.getFileName() + ".1");
  }

  private static void collect(Path file, List<JournalEntry> entries) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    // What follows the last end of a line is being written, or will never be finished.
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    for (String line : whole.split("\n", -1)) {
      find(line).ifPresent(entries::add);
    }
  }

  /** Empty if the line is not ours, or damaged: the others are still worth reading. */
  private static Optional<JournalEntry> find(String line) {
    try {
      return line.isEmpty() ? Optional.empty() : Optional.of(JournalEntry.parse(line));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Appends entries. Waits for other writers, at most two seconds.
   *
   * @throws IOException if it cannot be written; the entries before are still there
   */
  synchronized void append(List<JournalEntry> added) throws IOException {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    create(lockFile);
    try (FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      awaitTurn(channel);
      for (JournalEntry entry : added) {
        appendLocked(entry);
      }
    }
  }

  /** Takes the lock, which closing the channel gives back. */
  private void awaitTurn(FileChannel channel) throws IOException {
    long startNanos = System.nanoTime();
    while (System.nanoTime() - startNanos < LOCK_TIMEOUT_NANOS) {
      try {
        if (channel.tryLock() != null) {
          return;
        }
      } catch (OverlappingFileLockException e) {
        // Another watch of this process is writing; it will not take long.
      }
      LockSupport.parkNanos(LOCK_RETRY_NANOS);
    }
    throw new IOException("somebody else is writing into the journal " + file + " all the time");
  }

  private void appendLocked(JournalEntry entry) throws IOException {
    create(file);
    if (Files.size(file) != knownBytes) {
      repair();
    }
    if (entries >= MAX_ENTRIES) {
      Files.move(file, earlier(file), StandardCopyOption.ATOMIC_MOVE);
      create(file);
      entries = 0;
    }
    byte[] line = (entry.toJson() + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel out = FileChannel.open(
        file, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer left = ByteBuffer.wrap(line);
      while (left.hasRemaining()) {
        out.write(left);
      }
      knownBytes = out.size();
    }
    entries++;
  }

  /** Counts the entries that others left, and cuts off one that was never finished. */
  private void repair() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = 0;
    entries = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        end = i + 1;
        entries++;
      }
    }
    if (end < bytes.length) {
      try (FileChannel out =
          FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        out.truncate(end);
      }
    }
  }

  /** Makes a file that only its owner reads, unless it is there. */
  private static void create(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean posix =
        Files.getFileStore(path.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
    FileAttribute<?>[] attributes = posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
    try {
      Files.newByteChannel(
              path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)
          .close();
    } catch (FileAlreadyExistsException e) {
      LOGGER.log(Level.DEBUG, () -> "another process made " + path + " first");
    }
  }
}
