package io.holdfast.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Held while a process opens a cache file or puts a fresh one in its place, so that nobody opens a file
 * whose log is being renamed. A lock on a file of its own: a second descriptor of the database would
 * drop SQLite's locks when it is closed. The system gives it back when the process dies.
 */
final class OpenLock implements AutoCloseable {
  private static final Logger logger = System.getLogger(OpenLock.class.getName());
  // A migration or the recovery of a long log may take its time.
  private static final long PATIENCE_SECONDS = 60;
  private static final long PAUSE_MILLIS = 2;

  static final String SUFFIX = "-lock";

  private final @Nullable FileChannel channel;

  private OpenLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the lock. In a directory where no file can be made there is none, and need not be: nothing
   * can be renamed there either.
   *
   * @throws StoreException if another process holds it for a minute
   */
  static OpenLock acquire(Path file) {
    Path name = nameFor(file);
    FileChannel channel;
    try {
      FileGate.createIfAbsent(name);
      channel = FileChannel.open(name, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException | StoreException e) {
      logger.log(Level.DEBUG, () -> "No lock for opening " + file + "; going on without", e);
      return new OpenLock(null);
    }
    try {
      await(file, channel);
      return new OpenLock(channel);
    } catch (IOException | RuntimeException e) {
      close(channel);
      throw new StoreException("lock for opening", file, e);
    }
  }

  /** Whether somebody has had this file open before. */
  static boolean isThere(Path file) {
    return Files.exists(nameFor(file), LinkOption.NOFOLLOW_LINKS);
  }

  private static Path nameFor(Path file) {
    return file.resolveSibling(file.getFileName() + SUFFIX);
  }

  private static void await(Path file, FileChannel channel) throws IOException {
    long giveUpAtNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!tryLock(channel)) {
      if (System.nanoTime() - giveUpAtNanos > 0) {
        throw new IOException("another process has been opening " + file + " for a minute");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException anotherClassLoaderHoldsIt) {
      return false;
    }
  }

  @Override
  public void close() {
    if (channel != null) {
      close(channel);
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      logger.log(Level.DEBUG, () -> "A lock file did not close; continuing", e);
    }
  }
}
