package io.holdfast.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
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
  private static final String THREADS = "holdfast-";

  // What all class loaders have in common: system properties, and an interned string as their lock.
  private static final Object PROCESS_LOCK = PROPERTY.intern();

  // Of the class loader that holds the driver; its class stands for the loaded library.
  private static final String DRIVER =
      Integer.toHexString(System.identityHashCode(SQLiteJDBCLoader.class));

  private final String property;
  private boolean isClosed;

  private ProcessClaim(String property) {
    this.property = property;
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
    String property = PROPERTY + file;
    synchronized (PROCESS_LOCK) {
      String held = System.getProperty(property);
      Holders others = held == null ? new Holders(DRIVER, 0) : Holders.parse(held);
      if (!others.driver().equals(DRIVER)) {
        requireForgotten(file);
        others = new Holders(DRIVER, 0);
      }
      System.setProperty(property, new Holders(DRIVER, others.count() + 1).toString());
      return new ProcessClaim(property);
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

  /** Whether nobody else in this process has the file open, so that it may be read past SQLite. */
  boolean isOnly() {
    String held = System.getProperty(property);
    return held == null || Holders.parse(held).count() == 1;
  }

  /** To be called when the last connection is closed. */
  @Override
  public void close() {
    synchronized (PROCESS_LOCK) {
      String held = System.getProperty(property);
      if (isClosed || held == null) {
        return;
      }
      isClosed = true;
      Holders holders = Holders.parse(held);
      if (!holders.driver().equals(DRIVER)) {
        return; // it took this one for gone
      }
      if (holders.count() == 1) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, new Holders(DRIVER, holders.count() - 1).toString());
      }
    }
  }
}
