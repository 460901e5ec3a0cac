package io.holdfast.schema;

import java.util.Collection;

/**
 * All databases that this class loader watches. A database is watched from the first lease until its
 * linger time after the last one is over.
 */
public final class SchemaWatch {

  private SchemaWatch() {}

  /**
   * Takes a lease on a database: watched from now on. Returns at once; the first reading runs on the
   * watch's own daemon thread, so a database that is down costs the caller nothing.
   *
   * @param target the target's JDBC URL, without our prefix
   * @param user the user, or empty
   * @param probeConnection an open connection of the target, used here for {@code getMetaData()} only
   */
  @SuppressWarnings("DoNotCallSuggester")
  public static Lease lease(
      String target,
      String user,
      java.sql.Connection probeConnection,
      CatalogConnector connector,
      WatchSettings settings)
      throws java.sql.SQLException {
    throw new java.sql.SQLException(
        "the watch is being built: " + target + user + probeConnection + connector + settings);
  }

  /** The databases watched now. */
  public static Collection<WatchedDatabase> databases() {
    return java.util.List.of();
  }

  /** Ends all watching at once: threads, catalog connections, monitors. For tests and undeployment. */
  public static void shutdown() {}

  /** One user's interest in a database. */
  public interface Lease extends AutoCloseable {

    /** What is watched. */
    WatchedDatabase database();

    /** Gives the lease back; twice is quiet. */
    @Override
    void close();
  }
}
