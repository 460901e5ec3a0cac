package io.holdfast.jdbc;

import io.holdfast.jdbc.PendingChanges.Steering;
import io.holdfast.schema.Suspects;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * What the branches of distributed transactions have changed, from their first start until their end,
 * whichever connection ends them.
 *
 * <p>A branch that is not in here, because another process began it, this one was restarted or there
 * were too many, may have changed anything. Holds the youngest {@value #MAX_BRANCHES}. Safe from any
 * thread; no call is made under the lock.
 */
final class BranchRegistry {

  private static final int MAX_BRANCHES = 10_000;

  private static final PendingChanges ANYTHING =
      new PendingChanges(Suspects.ALL, Set.of(), 0, List.of(), false, Steering.UNCLEAR);

  private final ReentrantLock lock = new ReentrantLock();

  private final Map<BranchId, PendingChanges> changes = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<BranchId, PendingChanges> eldest) {
      return size() > MAX_BRANCHES;
    }
  };

  /** Xids are compared by value: a transaction manager makes its own after recovery. */
  private record BranchId(int formatId, ByteBuffer globalId, ByteBuffer qualifier) {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    static BranchId of(@Nullable Xid xid) {
      if (xid == null) {
        // To be refused by the driver, in its own way.
        return new BranchId(-1, NOTHING, NOTHING);
      }
      return new BranchId(
          xid.getFormatId(),
          ByteBuffer.wrap(xid.getGlobalTransactionId().clone()),
          ByteBuffer.wrap(xid.getBranchQualifier().clone()));
    }
  }

  /** A branch that nobody knew begins. */
  void begun(@Nullable Xid xid) {
    BranchId id = BranchId.of(xid);
    lock.lock();
    try {
      changes.put(id, PendingChanges.NONE);
    } finally {
      lock.unlock();
    }
  }

  /** What the branch has changed; anything, if it is not known. */
  PendingChanges find(@Nullable Xid xid) {
    BranchId id = BranchId.of(xid);
    lock.lock();
    try {
      return changes.getOrDefault(id, ANYTHING);
    } finally {
      lock.unlock();
    }
  }

  /** A connection has worked for the branch. */
  void changed(@Nullable Xid xid, PendingChanges all) {
    BranchId id = BranchId.of(xid);
    lock.lock();
    try {
      changes.computeIfPresent(id, (key, before) -> before.union(all));
    } finally {
      lock.unlock();
    }
  }

  /** The branch is over. */
  void forget(@Nullable Xid xid) {
    BranchId id = BranchId.of(xid);
    lock.lock();
    try {
      changes.remove(id);
    } finally {
      lock.unlock();
    }
  }
}
