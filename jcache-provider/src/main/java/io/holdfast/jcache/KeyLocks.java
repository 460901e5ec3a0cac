package io.holdfast.jcache;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One lock per key in use, so that loaders, writers and entry processors may take minutes without
 * holding up other keys (design D9).
 *
 * <p>Locks go by the whole 32-bit hash: keys share one only if their hash codes are equal. That gives
 * several keys an order in which they are locked, hence no deadlock among bulk operations, and a key
 * that its owner changes meanwhile is still unlocked. A lock exists while somebody holds or awaits it.
 */
final class KeyLocks {
  private final ConcurrentHashMap<Integer, Hold> holds = new ConcurrentHashMap<>();

  /** Runs something while the key is locked. Reentrant. */
  <T extends @Nullable Object> T under(Object key, Supplier<T> work) {
    Hold hold = acquire(key.hashCode());
    try {
      return work.get();
    } finally {
      release(hold);
    }
  }

  /** Runs something while all these keys are locked. */
  <T extends @Nullable Object> T underAll(Collection<?> keys, Supplier<T> work) {
    TreeSet<Integer> hashes = new TreeSet<>();
    for (Object key : keys) {
      hashes.add(key.hashCode());
    }
    Deque<Hold> held = new ArrayDeque<>(hashes.size());
    try {
      for (int hash : hashes) {
        held.push(acquire(hash));
      }
      return work.get();
    } finally {
      held.forEach(this::release);
    }
  }

  /** Whether any thread holds or awaits the lock of this key. */
  boolean isInUse(Object key) {
    return holds.containsKey(key.hashCode());
  }

  /** Whether the calling thread holds the lock of this key. */
  boolean isHeldByThisThread(Object key) {
    Hold hold = holds.get(key.hashCode());
    return hold != null && hold.lock.isHeldByCurrentThread();
  }

  private Hold acquire(int hash) {
    Hold hold = holds.compute(hash, (sameHash, existing) -> {
      Hold used = existing == null ? new Hold(sameHash) : existing;
      used.users++;
      return used;
    });
    hold.lock.lock();
    return hold;
  }

  private void release(Hold hold) {
    hold.lock.unlock();
    holds.computeIfPresent(hold.hash, (sameHash, used) -> --used.users == 0 ? null : used);
  }

  private static final class Hold {
    private final int hash;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the map's bin. */
    private int users;

    private Hold(int hash) {
      this.hash = hash;
    }
  }
}
