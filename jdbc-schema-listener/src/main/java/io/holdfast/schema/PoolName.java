package io.holdfast.schema;

/**
 * What our pool of connections to a database is called in logs and in the MBeans that HikariCP
 * registers for it.
 *
 * <p>Numbered through the whole JVM: two watches of one database may be of two applications, and
 * HikariCP takes the bean of a namesake away when it closes a pool.
 */
final class PoolName {

  // A name that all class loaders share, and a lock that goes with it.
  private static final String LAST_NUMBER = "io.holdfast.schema.poolNumber";
  private static final Object PROCESS_LOCK = LAST_NUMBER.intern();

  private PoolName() {}

  /** A name that no pool of this JVM has had, without secrets. */
  static String next(DatabaseIdentity identity) {
    // It becomes part of an ObjectName.
    String plain = identity.id().replaceAll("[^A-Za-z0-9._-]", "-");
    return "holdfast-catalog-" + nextNumber() + "-" + plain;
  }

  private static int nextNumber() {
    synchronized (PROCESS_LOCK) {
      int number = Integer.getInteger(LAST_NUMBER, 0) + 1;
      System.setProperty(LAST_NUMBER, Integer.toString(number));
      return number;
    }
  }
}
