package io.holdfast.jdbc;

import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A physical connection whose handles listen, and whose branches are followed to their ends. */
final class ListeningXAConnection extends ListeningPooledConnection implements XAConnection {

  private final XAConnection target;
  private final BranchRegistry branches;
  private @Nullable ListeningXAResource resource;

  ListeningXAConnection(XAConnection target, Attached attached, BranchRegistry branches) {
    super(target, attached);
    this.target = target;
    this.branches = branches;
  }

  /** The same object while the driver gives the same. */
  @Override
  public XAResource getXAResource() throws SQLException {
    XAResource raw = target.getXAResource();
    ListeningXAResource known = resource;
    if (known == null || !known.wraps(raw)) {
      known = new ListeningXAResource(raw, ledger(), branches, this::branchLeft);
      resource = known;
    }
    return known;
  }
}
