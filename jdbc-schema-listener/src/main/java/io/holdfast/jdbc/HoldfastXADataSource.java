package io.holdfast.jdbc;

import io.holdfast.schema.CatalogConnector;
import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.sql.XAConnectionBuilder;
import javax.sql.XADataSource;

/**
 * A source of XA connections whose handles are {@link HoldfastConnection}s, around any other such
 * source. Safe from any thread as far as the target is.
 *
 * <p>DDL of a distributed transaction is published when its branch is committed: over whichever
 * connection of this source, and for a branch that this object did not see begin (after a restart, or
 * of another process) by a look at every table.
 *
 * <p>The catalog is read over physical connections of the target's own, which no pool counts.
 */
public final class HoldfastXADataSource extends WrappingDataSource implements XADataSource {

  private final XADataSource target;
  private final BranchRegistry branches = new BranchRegistry();

  private HoldfastXADataSource(XADataSource target) {
    super(target);
    this.target = target;
  }

  /** Around another source. */
  public static HoldfastXADataSource around(XADataSource target) {
    return new HoldfastXADataSource(target);
  }

  /**
   * Opens a physical connection.
   *
   * @throws SQLException the target's own
   */
  @Override
  public XAConnection getXAConnection() throws SQLException {
    return listening(
        target.getXAConnection(), () -> PhysicalConnection.open(target.getXAConnection()));
  }

  /**
   * Opens a physical connection; the catalog is read with the same login.
   *
   * @throws SQLException the target's own
   */
  @Override
  public XAConnection getXAConnection(String user, String password) throws SQLException {
    return listening(
        target.getXAConnection(user, password),
        () -> PhysicalConnection.open(target.getXAConnection(user, password)));
  }

  /** The target's builder; what it builds listens. */
  @Override
  public XAConnectionBuilder createXAConnectionBuilder() throws SQLException {
    return new AttachingXAConnectionBuilder(
        target.createXAConnectionBuilder(),
        raw -> listening(raw, () -> PhysicalConnection.open(target.getXAConnection())));
  }

  private XAConnection listening(XAConnection raw, CatalogConnector connector) throws SQLException {
    return new ListeningXAConnection(raw, PhysicalConnection.tied(raw, connector), branches);
  }
}
