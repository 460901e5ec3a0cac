package io.holdfast.schema;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Our own connections for reading the catalog: at most two, none kept idle for long, each pinned once
 * when it is opened. An embedded engine's connection is closed after each use, since an open one would
 * keep its file in use, or its memory alive, after the application has let go of it. One thread reads;
 * any thread may abort it.
 */
final class CatalogPool implements AutoCloseable {

  private static final Logger LOGGER = System.getLogger(CatalogPool.class.getName());

  private static final int MAX_CONNECTIONS = 2;
  // HikariCP tries again until then, and a thread of the application may be waiting to settle.
  private static final long CONNECT_TIMEOUT_MILLIS = 3_000;
  // HikariCP's smallest; it looks for idle connections twice a minute.
  private static final long IDLE_TIMEOUT_MILLIS = 10_000;

  private final HikariDataSource pool;
  private final boolean keepsConnections;
  private final @Nullable Path file;
  private final CatalogSource source;
  private volatile @Nullable Connection inUse;

  /** Makes a new connection fit for reading, or refuses it. */
  @FunctionalInterface
  interface Admission {
    void admit(Connection opened) throws SQLException;
  }

  /**
   * A pool that opens nothing yet.
   *
   * @param name without secrets
   * @param admission sees each connection once, before its first use
   * @param file must exist before we connect, since SQLite would create it; null for other engines
   */
  CatalogPool(
      String name,
      CatalogConnector connector,
      Admission admission,
      boolean keepsConnections,
      @Nullable Path file) {
    this.source = new CatalogSource(connector, admission);
    this.keepsConnections = keepsConnections;
    this.file = file;
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
    config.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
    config.setInitializationFailTimeout(-1);
    config.setRegisterMbeans(true);
    config.setThreadFactory(WatchThread::daemon);
    this.pool = new HikariDataSource(config);
  }

  /** Connects with newer credentials from now on. */
  void connector(CatalogConnector newer) {
    source.connector(newer);
  }

  /** Opens new connections from now on; those in use end after it. */
  void renew() {
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  /** Breaks the connection in use, if there is one, from under whoever waits for it. */
  void abort() {
    Connection hanging = inUse;
    if (hanging != null) {
      try {
        hanging.abort(Runnable::run);
      } catch (SQLException | RuntimeException | LinkageError e) {
        // Not all drivers can; then the server or the network has to end it.
        LOGGER.log(Level.DEBUG, () -> "a hanging catalog connection cannot be aborted", e);
      }
    }
  }

  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  <T> T call(Work<T> work) throws SQLException {
    if (file != null && !Files.exists(file)) {
      throw new SQLException("the database file is gone: " + file, "08001");
    }
    try (Connection connection = pool.getConnection()) {
      inUse = connection;
      try {
        return work.with(connection);
      } finally {
        inUse = null;
        if (!keepsConnections) {
          pool.evictConnection(connection);
        }
      }
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
