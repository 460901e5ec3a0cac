package io.holdfast.jdbc;

import io.holdfast.schema.CatalogConnector;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;

/** A pooled connection of a driver as a plain one: closing the handle closes it. */
final class PhysicalConnection implements ConnectionEventListener {

  private static final System.Logger LOGGER = System.getLogger(PhysicalConnection.class.getName());

  private final PooledConnection pooled;

  private PhysicalConnection(PooledConnection pooled) {
    this.pooled = pooled;
  }

  static Connection open(PooledConnection pooled) throws SQLException {
    pooled.addConnectionEventListener(new PhysicalConnection(pooled));
    try {
      return pooled.getConnection();
    } catch (SQLException | RuntimeException e) {
      closeAfter(e, pooled);
      throw e;
    }
  }

  /** Asks a first handle where the connection leads, and closes it. */
  static Attached tied(PooledConnection pooled, CatalogConnector connector) throws SQLException {
    try (Connection probe = pooled.getConnection()) {
      return Attachment.tied(probe, connector, ConnectOptions.DEFAULT);
    } catch (SQLException | RuntimeException e) {
      closeAfter(e, pooled);
      throw e;
    }
  }

  /** Closes a connection that the caller will never see. */
  static void closeAfter(Throwable failure, PooledConnection pooled) {
    try {
      pooled.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void connectionClosed(ConnectionEvent event) {
    pooled.removeConnectionEventListener(this);
    try {
      pooled.close();
    } catch (SQLException e) {
      LOGGER.log(System.Logger.Level.DEBUG, () -> "A connection failed to close", e);
    }
  }

  @Override
  public void connectionErrorOccurred(ConnectionEvent event) {
    connectionClosed(event);
  }
}
