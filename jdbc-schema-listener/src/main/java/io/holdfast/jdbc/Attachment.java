package io.holdfast.jdbc;

import io.holdfast.jdbc.ddl.DdlRecognizer;
import io.holdfast.schema.CatalogConnector;
import io.holdfast.schema.Dialect;
import io.holdfast.schema.SchemaWatch;
import io.holdfast.schema.UnwatchableDatabaseException;
import io.holdfast.schema.WatchedDatabase;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Turns a connection of the target into a listening one, attached to the watch of its database. The
 * watch never costs the user a connection: where it cannot begin, the connection just passes calls on.
 */
final class Attachment {

  private static final System.Logger LOGGER = System.getLogger(Attachment.class.getName());

  private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();
  private static final int MAX_LOGGED = 64;

  private static final LongAdder FAILURES = new LongAdder();

  private Attachment() {}

  /** How many connections could not be attached since the class was loaded. */
  static long failures() {
    return FAILURES.sum();
  }

  /**
   * Wraps a connection.
   *
   * @param raw of the target; closed if wrapping fails
   * @param targetUrl without our prefix
   * @param user empty if unknown
   * @param connector opens further connections of the target, for reading the catalog
   */
  static Connection attach(
      Connection raw,
      String targetUrl,
      String user,
      CatalogConnector connector,
      ConnectOptions options)
      throws SQLException {
    return attach(raw, () -> tied(raw, targetUrl, user, connector, options));
  }

  /** The same for a connection that tells itself where it leads. */
  static Connection attach(Connection raw, CatalogConnector connector, ConnectOptions options)
      throws SQLException {
    return attach(raw, () -> tied(raw, connector, options));
  }

  /** How a connection is tied to the watch of its database. */
  private interface Tie {
    Attached tie() throws SQLException;
  }

  private static Connection attach(Connection raw, Tie tie) throws SQLException {
    if (isOurs(raw)) {
      return raw;
    }
    try {
      Attached attached = tie.tie();
      return new ListeningConnection(raw, attached.ledger(), attached.release()::run);
    } catch (SQLException e) {
      closeAfter(e, raw);
      throw e;
    }
  }

  /**
   * Ties a connection that tells itself where it leads to the watch of its database; one of ours is
   * tied already and gets a ledger in which nothing is written.
   *
   * @throws SQLException the driver's own; the connection stays open
   */
  static Attached tied(Connection raw, CatalogConnector connector, ConnectOptions options)
      throws SQLException {
    if (isOurs(raw)) {
      return unwatched(raw.getAutoCommit());
    }
    DatabaseMetaData metaData = raw.getMetaData();
    String url = metaData.getURL();
    String user = metaData.getUserName();
    return tied(raw, url == null ? "" : url, user == null ? "" : user, connector, options);
  }

  private static Attached tied(
      Connection raw,
      String targetUrl,
      String user,
      CatalogConnector connector,
      ConnectOptions options)
      throws SQLException {
    boolean autoCommit = raw.getAutoCommit();
    SchemaWatch.Lease lease;
    try {
      lease = SchemaWatch.lease(targetUrl, user, raw, connector, options.watch());
    } catch (UnwatchableDatabaseException e) {
      LOGGER.log(System.Logger.Level.DEBUG, () -> "Not watched: " + e.getMessage());
      return unwatched(autoCommit);
    } catch (SQLException | RuntimeException | LinkageError e) {
      logFailure(targetUrl, e);
      return unwatched(autoCommit);
    }
    try {
      WatchedDatabase database = lease.database();
      Dialect dialect = database.identity().dialect();
      var ledger = new TransactionLedger(
          database,
          DdlRecognizer.forDialect(dialect),
          DdlTiming.of(raw.getMetaData()),
          autoCommit,
          pathOf(raw, dialect),
          options);
      return new Attached(ledger, lease::close);
    } catch (SQLException | RuntimeException | LinkageError e) {
      lease.close();
      logFailure(targetUrl, e);
      return unwatched(autoCommit);
    }
  }

  private static Attached unwatched(boolean autoCommit) {
    return new Attached(new Unwatched(autoCommit), () -> {});
  }

  /** Closes a connection that the caller will never see. */
  static void closeAfter(SQLException failure, Connection raw) {
    try {
      raw.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** Where the driver keeps it at hand; elsewhere it would cost a query, on the user's connection. */
  private static @Nullable List<String> pathOf(Connection raw, Dialect dialect)
      throws SQLException {
    String schema = switch (dialect) {
      case H2 -> raw.getSchema();
      case MYSQL, MARIADB -> raw.getCatalog();
      default -> null;
    };
    return schema == null || schema.isEmpty() ? null : List.of(schema);
  }

  /** A pool or another wrapper over our own driver: it listens already, and must not count twice. */
  static boolean isOurs(Connection raw) {
    try {
      return raw.isWrapperFor(HoldfastConnection.class);
    } catch (SQLException | AbstractMethodError e) {
      // Old drivers and proxies lack the method or refuse; then it cannot be ours.
      return false;
    }
  }

  private static void logFailure(String targetUrl, Throwable failure) {
    FAILURES.increment();
    String masked = MaskedUrl.of(targetUrl);
    if (LOGGED.size() < MAX_LOGGED && LOGGED.add(masked)) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          () -> "Connections to " + masked + " work, but its schema is not watched (said once)",
          failure);
    }
  }
}
