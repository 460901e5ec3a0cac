package io.holdfast.encryption;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keys in a file: a line {@code id:key} for each, the key in Base64; the last one is current, those above
 * it decrypt what was written before. Lines that are empty or begin with {@code #} mean nothing.
 *
 * <p>To rotate, add a line; the file is read again when it has changed, within a second, and at once where
 * an id is met that is not known yet. Put a new file in its place by renaming rather than writing into it.
 * If the changed file cannot be read, the keys known before stay, with a warning in the log.
 *
 * <p>On file systems with POSIX permissions it must be readable and writable for nobody but its owner.
 */
public final class KeyFile implements ValueKeys {
  private static final Logger LOGGER = System.getLogger(KeyFile.class.getName());
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MAX_BYTES = 1 << 20;
  private static final int READ_TRIES = 10;
  private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
      PosixFilePermission.OWNER_READ,
      PosixFilePermission.OWNER_WRITE,
      PosixFilePermission.OWNER_EXECUTE);

  private final Path file;
  private final LongSupplier nanoClock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Known known;

  /**
   * What was read last.
   *
   * @param keys as of then
   * @param stamp of the file as it was then
   * @param lookedAtNanos when it was last compared with the file
   * @param complaint what was wrong with the file at that moment, empty for nothing
   */
  private record Known(ValueKeys keys, Stamp stamp, long lookedAtNanos, String complaint) {}

  /** What tells one state of the file from another. */
  private record Stamp(@Nullable Object inode, long modifiedAtNanos, long bytes) {}

  private KeyFile(Path file, LongSupplier nanoClock) throws IOException {
    this.file = file;
    this.nanoClock = nanoClock;
    Stamp stamp = stamp();
    this.known = new Known(read(), stamp, nanoClock.getAsLong(), "");
  }

  /**
   * Reads the file.
   *
   * @throws EncryptionException if it cannot be read, others may read it, or it has a line that is no key;
   *     names the file and the number of the line
   */
  public static KeyFile open(Path file) {
    return open(file, System::nanoTime);
  }

  static KeyFile open(Path file, LongSupplier nanoClock) {
    try {
      return new KeyFile(file, nanoClock);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  // The name of the exception: its message may be no more than the path.
  private static EncryptionException unreadable(Path file, IOException e) {
    return new EncryptionException(
        "Could not read the key file " + file + " (" + e.getClass().getSimpleName() + ")", e);
  }

  @Override
  public ValueKey current() {
    // One thread looks; the others go on with what is known.
    if (nanoClock.getAsLong() - known.lookedAtNanos() >= LOOK_NANOS && reading.tryLock()) {
      try {
        lookAgain();
      } finally {
        reading.unlock();
      }
    }
    return known.keys().current();
  }

  @Override
  public @Nullable ValueKey find(String id) {
    ValueKey key = known.keys().find(id);
    if (key != null) {
      return key;
    }
    reading.lock();
    try {
      lookAgain();
      return known.keys().find(id);
    } finally {
      reading.unlock();
    }
  }

  private void lookAgain() {
    Known before = known;
    long nowNanos = nanoClock.getAsLong();
    try {
      Stamp stamp = stamp();
      known = stamp.equals(before.stamp())
          ? new Known(before.keys(), stamp, nowNanos, before.complaint())
          : new Known(read(), stamp, nowNanos, "");
    } catch (IOException | EncryptionException e) {
      String complaint = e instanceof EncryptionException
          ? String.valueOf(e.getMessage())
          : e.getClass().getSimpleName();
      if (!complaint.equals(before.complaint())) {
        LOGGER.log(
            Level.WARNING,
            () -> "The key file " + file
                + " has changed and cannot be used; the keys read before stay" + " (" + complaint
                + ")");
      }
      known = new Known(before.keys(), before.stamp(), nowNanos, complaint);
    }
  }

  private Stamp stamp() throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new Stamp(
        attributes.fileKey(),
        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        attributes.size());
  }

  private ValueKeys read() throws IOException {
    requirePrivate();
    Stamp before = stamp();
    for (int tries = 0; tries < READ_TRIES; tries++) {
      if (before.bytes() > MAX_BYTES) {
        throw new EncryptionException("The key file " + file + " is too large to be one");
      }
      byte[] bytes = Files.readAllBytes(file);
      Stamp after = stamp();
      if (after.equals(before)) {
        return KeyLines.parse(bytes, file);
      }
      before = after; // somebody is writing into it
    }
    throw new EncryptionException("The key file " + file + " kept changing while it was read");
  }

  private void requirePrivate() throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Set<PosixFilePermission> permissions =
        Files.readAttributes(file, PosixFileAttributes.class).permissions();
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw new EncryptionException("The key file " + file
          + " can be read or written by others than its owner; chmod 600 it");
    }
  }

  /** The file, no keys. */
  @Override
  public String toString() {
    return "KeyFile[" + file + "]";
  }
}
