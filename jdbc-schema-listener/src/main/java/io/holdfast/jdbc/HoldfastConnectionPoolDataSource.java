package io.holdfast.jdbc;

import io.holdfast.schema.CatalogConnector;
import java.sql.SQLException;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import javax.sql.PooledConnectionBuilder;

/**
 * A source of pooled connections whose handles are {@link HoldfastConnection}s, around any other such
 * source. Safe from any thread as far as the target is.
 *
 * <p>The catalog is read over physical connections of the target's own, which no pool counts.
 */
public final class HoldfastConnectionPoolDataSource extends WrappingDataSource
    implements ConnectionPoolDataSource {

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
    return new ListeningPooledConnection(pooled, PhysicalConnection.tied(pooled, connector));
  }
}
