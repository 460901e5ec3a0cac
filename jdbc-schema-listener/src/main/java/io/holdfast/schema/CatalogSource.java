package io.holdfast.schema;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens our own connections, each admitted once. A connect that hangs is left to itself after a while,
 * so that it does not keep us from the next one; its connection, should it come after all, is closed.
 */
final class CatalogSource implements DataSource {

  private static final long CONNECT_SECONDS = 10;

  // Drivers without a timeout of their own hang for ever behind a dead network.
  private static final int MAX_ABANDONED = 8;

  private final CatalogPool.Admission admission;
  private final AtomicInteger abandoned = new AtomicInteger();
  private volatile CatalogConnector connector;

  CatalogSource(CatalogConnector connector, CatalogPool.Admission admission) {
    this.connector = connector;
    this.admission = admission;
  }

  void connector(CatalogConnector newer) {
    connector = newer;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (abandoned.get() >= MAX_ABANDONED) {
      throw new SQLTransientConnectionException(
          MAX_ABANDONED + " connects for reading the catalog hang already", "08001");
    }
    var opened = new CompletableFuture<Connection>();
    WatchThread.daemon(() -> open(opened)).start();
    try {
      return opened.get(CONNECT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abandon(opened);
      throw new SQLException("interrupted while connecting", e);
    } catch (TimeoutException e) {
      abandon(opened);
      throw new SQLTransientConnectionException(
          "no connection for reading the catalog in " + CONNECT_SECONDS + " s", "08001", e);
    }
  }

  private void open(CompletableFuture<Connection> opened) {
    Connection connection = null;
    try {
      connection = connector.connect();
      admission.admit(connection);
      opened.complete(connection);
    } catch (Throwable e) { // reported to whoever waits
      close(connection, e);
      opened.completeExceptionally(e);
    }
  }

  private void abandon(CompletableFuture<Connection> opened) {
    abandoned.incrementAndGet();
    var unused = opened.whenComplete((connection, failure) -> {
      abandoned.decrementAndGet();
      close(connection, new SQLException("closed late"));
    });
  }

  private static void close(@Nullable Connection connection, Throwable reason) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException | RuntimeException e) {
        reason.addSuppressed(e);
      }
    }
  }

  private static SQLException failure(Throwable cause) {
    return cause instanceof SQLException known
        ? known
        : new SQLException("cannot connect for reading the catalog: " + cause, cause);
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
    // Ours bounds the wait; the driver's was set by the user, in the URL.
  }

  @Override
  public int getLoginTimeout() {
    // HikariCP waits so long for a connect under way when it is closed.
    return 3;
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
