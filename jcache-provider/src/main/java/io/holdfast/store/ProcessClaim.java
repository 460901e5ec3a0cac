package io.holdfast.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Tells the whole process, whatever its class loaders, by which copy of SQLite's driver a file is open.
 *
 * <p>Locks of POSIX belong to the process: two copies of SQLite in it do not see each other's, and the one
 * that closes the file drops those of the other. So a second copy is refused. Several copies of this class
 * over one driver are safe: the driver knows of all its connections.
 *
 * @see <a href="https://sqlite.org/howtocorrupt.html">How to corrupt a SQLite database file</a>
 */
final class ProcessClaim implements AutoCloseable {
  private static final Logger logger = System.getLogger(ProcessClaim.class.getName());
  private static final String PROPERTY = "io.holdfast.store.open:";
  private static final String PUT_OFF = "io.holdfast.store.closeLater:";
  private static final String THREADS = "holdfast-";

  // What all class loaders have in common: system properties, and an interned string as their lock.
  private static final Object PROCESS_LOCK = PROPERTY.intern();

  // Of the class loader that holds the driver; its class stands for the loaded library.
  private static final String DRIVER =
      Integer.toHexString(System.identityHashCode(SQLiteJDBCLoader.class));

  private final Path file;
  private boolean isClosed;

  private ProcessClaim(Path file) {
    this.file = file;
  }

  /** A driver, and in how many class loaders it has the file open. */
  private record Holders(String driver, int count) {
    static Holders parse(String text) {
      int separator = text.indexOf('/');
      return new Holders(
          text.substring(0, separator), Integer.parseInt(text.substring(separator + 1)));
    }

    @Override
    public String toString() {
      return driver + "/" + count;
    }
  }

  /**
   * Claims a file that is about to be opened, until this is closed.
   *
   * @throws StoreException if another copy of SQLite's driver has it open in this process
   */
  static ProcessClaim of(Path file) {
    synchronized (PROCESS_LOCK) {
      String held = System.getProperty(PROPERTY + file);
      Holders others = held == null ? new Holders(DRIVER, 0) : Holders.parse(held);
      if (!others.driver().equals(DRIVER)) {
        requireForgotten(file);
        others = new Holders(DRIVER, 0);
      }
      hold(file, others.count() + 1);
      return new ProcessClaim(file);
    }
  }

  // Whoever has a file open has threads that work for it, and those keep its class loader. Without
  // them the loader was discarded and nobody uses its connections any more.
  private static void requireForgotten(Path file) {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      String name = thread.getName();
      if (name.startsWith(THREADS) && name.endsWith(" " + file.getFileName())) {
        throw new StoreException(
            "Could not open " + file
                + ": another class loader of this process has it open with an SQLite"
                + " driver of its own, and two drivers would drop each other's locks."
                + " Close it there (if that application was undeployed without closing its caches, only"
                + " a restart does), let both share one driver, or name another file.",
            file);
      }
    }
    logger.log(
        Level.WARNING,
        () -> "A class loader that is gone did not close " + file + "; it is opened all the same");
  }

  private static void hold(Path file, int count) {
    System.setProperty(PROPERTY + file, new Holders(DRIVER, count).toString());
  }

  /** Whether nobody else in this process has the file open, so that it may be read past SQLite. */
  boolean isOnly() {
    return !isShared(file);
  }

  private static boolean isShared(Path file) {
    String held = System.getProperty(PROPERTY + file);
    return held != null && Holders.parse(held).count() > 1;
  }

  /**
   * Closes a descriptor of the file's log index, when the connections of this class loader are closed. While
   * another has the file open that is put off until none has: it would drop the locks of its connections.
   */
  static void closeDescriptor(Path file, FileChannel descriptor) throws IOException {
    synchronized (PROCESS_LOCK) {
      if (isShared(file)) {
        putOff(file).add(descriptor);
      } else {
        descriptor.close();
      }
    }
  }

  // A property that is no string: what outlives the class loaders may
  // hold types of the JDK alone, and they have no other place in common.
  @SuppressWarnings("unchecked")
  private static List<FileChannel> putOff(Path file) {
    return (List<FileChannel>) System.getProperties()
        .computeIfAbsent(PUT_OFF + file, none -> new ArrayList<FileChannel>());
  }

  @SuppressWarnings("unchecked")
  private static void closePutOff(Path file) {
    Object descriptors = System.getProperties().remove(PUT_OFF + file);
    if (descriptors == null) {
      return;
    }
    for (FileChannel descriptor : (List<FileChannel>) descriptors) {
      try {
        descriptor.close();
      } catch (IOException e) {
        logger.log(Level.DEBUG, () -> "A descriptor of " + file + " did not close; continuing", e);
      }
    }
  }

  /** To be called when the last connection is closed. */
  @Override
  public void close() {
    synchronized (PROCESS_LOCK) {
      String held = System.getProperty(PROPERTY + file);
      if (isClosed || held == null) {
        return;
      }
      isClosed = true;
      Holders holders = Holders.parse(held);
      if (!holders.driver().equals(DRIVER)) {
        return; // it took this one for gone
      }
      if (holders.count() == 1) {
        System.clearProperty(PROPERTY + file);
        closePutOff(file);
      } else {
        hold(file, holders.count() - 1);
      }
    }
  }
}
