package io.holdfast.jdbc;

import java.util.Arrays;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * The resource of a listening connection: DDL of a branch becomes true for everybody when somebody
 * commits the branch, perhaps over another connection or after a restart.
 *
 * <p>A commit puts in doubt what the branch has changed before it goes out, and settles it afterwards,
 * whether the resource manager reports success, a heuristic outcome or nothing that we understand.
 */
final class ListeningXAResource implements XAResource {

  private final XAResource target;
  private final Ledger ledger;
  private final BranchRegistry branches;
  private final Runnable afterBranch;

  /** The branch that the connection works for, or worked for last and that is neither prepared nor over. */
  private volatile @Nullable Xid current;

  /** Whether it does so at this moment: between start and end. */
  private volatile boolean working;

  /**
   * Wraps.
   *
   * @param branches shared by all connections of a source
   * @param afterBranch runs when the connection is its own again
   */
  ListeningXAResource(
      XAResource target, Ledger ledger, BranchRegistry branches, Runnable afterBranch) {
    this.target = target;
    this.ledger = ledger;
    this.branches = branches;
    this.afterBranch = afterBranch;
  }

  /** Whether this wraps that object of the driver. */
  boolean wraps(XAResource other) {
    return target == other;
  }

  @Override
  public void start(@Nullable Xid xid, int flags) throws XAException {
    target.start(xid, flags);
    if (flags == TMNOFLAGS) {
      branches.begun(xid);
    }
    current = xid;
    working = true;
    ledger.branchBegun(branches.find(xid));
  }

  @Override
  public void end(@Nullable Xid xid, int flags) throws XAException {
    try {
      target.end(xid, flags);
    } finally {
      keep(xid);
      if (isCurrent(xid)) {
        working = false;
        ledger.branchEnded();
      }
    }
  }

  @Override
  public int prepare(@Nullable Xid xid) throws XAException {
    int vote;
    try {
      vote = target.prepare(xid);
    } catch (XAException e) {
      if (isRollback(e)) {
        undone(xid, changesOf(xid));
      }
      throw e;
    }
    PendingChanges changes = changesOf(xid);
    leave(xid);
    if (vote == XA_RDONLY) {
      branches.forget(xid);
      // There is nothing to commit, so nobody will come and commit it.
      ledger.endingOf(changes).done();
    }
    return vote;
  }

  @Override
  public void commit(@Nullable Xid xid, boolean onePhase) throws XAException {
    PendingChanges changes = changesOf(xid);
    Ledger.Ending ending = ledger.endingOf(changes);
    try {
      target.commit(xid, onePhase);
    } catch (Throwable e) {
      if (e instanceof XAException refusal && isRollback(refusal)) {
        over(xid);
      }
      ending.failed();
      throw e;
    }
    over(xid);
    ending.done();
  }

  @Override
  public void rollback(@Nullable Xid xid) throws XAException {
    PendingChanges changes = changesOf(xid);
    try {
      target.rollback(xid);
    } catch (XAException e) {
      if (isRollback(e)) {
        undone(xid, changes);
      } else {
        // A heuristic commit, perhaps.
        ledger.endingOf(changes).failed();
      }
      throw e;
    }
    undone(xid, changes);
  }

  @Override
  public void forget(@Nullable Xid xid) throws XAException {
    Ledger.Ending ending = ledger.endingOf(changesOf(xid));
    try {
      target.forget(xid);
      over(xid);
    } finally {
      ending.done();
    }
  }

  private void undone(@Nullable Xid xid, PendingChanges changes) {
    over(xid);
    ledger.undone(changes);
  }

  private PendingChanges changesOf(@Nullable Xid xid) {
    keep(xid);
    return branches.find(xid);
  }

  /** Hands what this connection has done for the branch to whoever will end it. */
  private void keep(@Nullable Xid xid) {
    if (working && isCurrent(xid)) {
      branches.changed(xid, ledger.inBranch());
    }
  }

  private void over(@Nullable Xid xid) {
    branches.forget(xid);
    leave(xid);
  }

  private void leave(@Nullable Xid xid) {
    if (isCurrent(xid)) {
      current = null;
      working = false;
      ledger.branchLeft();
      afterBranch.run();
    }
  }

  private boolean isCurrent(@Nullable Xid xid) {
    Xid mine = current;
    return mine != null
        && xid != null
        && mine.getFormatId() == xid.getFormatId()
        && Arrays.equals(mine.getGlobalTransactionId(), xid.getGlobalTransactionId())
        && Arrays.equals(mine.getBranchQualifier(), xid.getBranchQualifier());
  }

  private static boolean isRollback(XAException e) {
    return e.errorCode >= XAException.XA_RBBASE && e.errorCode <= XAException.XA_RBEND;
  }

  /** Drivers compare resources with their own. */
  @Override
  public boolean isSameRM(XAResource other) throws XAException {
    return target.isSameRM(other instanceof ListeningXAResource ours ? ours.target : other);
  }

  @Override
  public Xid[] recover(int flags) throws XAException {
    return target.recover(flags);
  }

  @Override
  public int getTransactionTimeout() throws XAException {
    return target.getTransactionTimeout();
  }

  @Override
  public boolean setTransactionTimeout(int seconds) throws XAException {
    return target.setTransactionTimeout(seconds);
  }

  @Override
  public String toString() {
    return "Holdfast XA resource over " + target.getClass().getName();
  }
}
