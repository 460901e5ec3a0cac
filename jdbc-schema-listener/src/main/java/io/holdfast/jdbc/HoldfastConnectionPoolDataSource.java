package io.holdfast.jdbc;

import io.holdfast.schema.CatalogConnector;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Wrapper;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import javax.sql.PooledConnectionBuilder;

/**
 * A source of pooled connections whose handles are {@link HoldfastConnection}s, around any other such
 * source. Safe from any thread as far as the target is.
 *
 * <p>The catalog is read over physical connections of the target's own, which no pool counts.
 */
public final class HoldfastConnectionPoolDataSource extends ForwardingCommonDataSource
    implements ConnectionPoolDataSource, Wrapper {

  private final ConnectionPoolDataSource target;

  private HoldfastConnectionPoolDataSource(ConnectionPoolDataSource target) {
    super(target);
    this.target = target;
  }

  /** Around another source. */
  public static HoldfastConnectionPoolDataSource around(ConnectionPoolDataSource target) {
    return new HoldfastConnectionPoolDataSource(target);
  }

  /**
   * Opens a physical connection.
   *
   * @throws SQLException the target's own
   */
  @Override
  public PooledConnection getPooledConnection() throws SQLException {
    return listening(
        target.getPooledConnection(), () -> PhysicalConnection.open(target.getPooledConnection()));
  }

  /**
   * Opens a physical connection; the catalog is read with the same login.
   *
   * @throws SQLException the target's own
   */
  @Override
  public PooledConnection getPooledConnection(String user, String password) throws SQLException {
    return listening(
        target.getPooledConnection(user, password),
        () -> PhysicalConnection.open(target.getPooledConnection(user, password)));
  }

  /** The target's builder; what it builds listens. */
  @Override
  public PooledConnectionBuilder createPooledConnectionBuilder() throws SQLException {
    return new AttachingPooledConnectionBuilder(
        target.createPooledConnectionBuilder(),
        pooled -> listening(pooled, () -> PhysicalConnection.open(target.getPooledConnection())));
  }

  private static PooledConnection listening(PooledConnection pooled, CatalogConnector connector)
      throws SQLException {
    return new ListeningPooledConnection(pooled, tied(pooled, connector));
  }

  /** Asks a first handle where the connection leads, and closes it. */
  static Attached tied(PooledConnection pooled, CatalogConnector connector) throws SQLException {
    try (Connection probe = pooled.getConnection()) {
      return Attachment.tied(probe, connector, ConnectOptions.DEFAULT);
    } catch (SQLException | RuntimeException e) {
      PhysicalConnection.closeAfter(e, pooled);
      throw e;
    }
  }

  /** This, or the target. */
  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return WrapperContract.unwrapSource(this, target, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return WrapperContract.isSourceFor(this, target, type);
  }
}
