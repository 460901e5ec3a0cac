package io.holdfast.store;

import java.nio.file.Path;

/**
 * What the pool of a file is called in logs and in the MBeans that HikariCP registers for it.
 *
 * <p>Numbered through the whole JVM: HikariCP registers no second bean of a name, and takes away the
 * first when either pool closes, also where the other belongs to another application.
 */
final class PoolName {
  // A name that all class loaders share, and a lock that goes with it.
  private static final String LAST_NUMBER = "io.holdfast.store.poolNumber";
  private static final Object PROCESS_LOCK = LAST_NUMBER.intern();

  private PoolName() {}

  /** A name that no pool of this JVM has had. */
  static String next(Path file) {
    // It becomes part of an ObjectName.
    String plain = String.valueOf(file.getFileName()).replaceAll("[^A-Za-z0-9._-]", "_");
    return "holdfast-" + nextNumber() + "-" + plain;
  }

  private static int nextNumber() {
    synchronized (PROCESS_LOCK) {
      int number = Integer.getInteger(LAST_NUMBER, 0) + 1;
      System.setProperty(LAST_NUMBER, Integer.toString(number));
      return number;
    }
  }
}
