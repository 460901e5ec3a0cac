package io.holdfast.schema;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Our own connections for reading the catalog: at most two, none kept idle for long, each pinned once
 * when it is opened. An embedded engine's connection is closed after each use, since an open one would
 * keep its file in use, or its memory alive, after the application has let go of it.
 */
final class CatalogPool implements AutoCloseable {

  private static final int MAX_CONNECTIONS = 2;
  // HikariCP tries again until then, and a thread of the application may be waiting to settle.
  private static final long CONNECT_TIMEOUT_MILLIS = 3_000;
  // HikariCP's smallest; it looks for idle connections twice a minute.
  private static final long IDLE_TIMEOUT_MILLIS = 10_000;

  private final HikariDataSource pool;
  private final boolean keepsConnections;
  private final @Nullable Path file;
  private volatile CatalogConnector connector;

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
    this.connector = connector;
    this.keepsConnections = keepsConnections;
    this.file = file;
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(new AdmittedConnections(admission));
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
    config.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
    config.setInitializationFailTimeout(-1);
    config.setRegisterMbeans(false);
    config.setThreadFactory(WatchThread::daemon);
    this.pool = new HikariDataSource(config);
  }

  /** Connects with newer credentials from now on. */
  void connector(CatalogConnector newer) {
    connector = newer;
  }

  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  <T> T call(Work<T> work) throws SQLException {
    if (file != null && !Files.exists(file)) {
      throw new SQLException("the database file is gone: " + file, "08001");
    }
    try (Connection connection = pool.getConnection()) {
      try {
        return work.with(connection);
      } finally {
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

  /** What the pool takes its connections from. */
  private final class AdmittedConnections implements DataSource {
    private final Admission admission;

    AdmittedConnections(Admission admission) {
      this.admission = admission;
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = connector.connect();
      try {
        admission.admit(connection);
        return connection;
      } catch (SQLException | RuntimeException e) {
        try {
          connection.close();
        } catch (SQLException closing) {
          e.addSuppressed(closing);
        }
        throw e;
      }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      throw new SQLFeatureNotSupportedException("the connector knows the user");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
      throw new SQLFeatureNotSupportedException("no log writer");
    }

    @Override
    public void setLoginTimeout(int seconds) {
      // HikariCP's own timeout bounds the wait; the driver's was set by the user, in the URL.
    }

    @Override
    public int getLoginTimeout() {
      // HikariCP waits so long for a connect under way when it is closed.
      return Math.toIntExact(TimeUnit.MILLISECONDS.toSeconds(CONNECT_TIMEOUT_MILLIS));
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException("no java.util.logging");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("not a wrapper for " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
