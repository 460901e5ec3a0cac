package io.holdfast.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one cache that are acknowledged and not in the file yet, one for each key. Safe from any
 * thread. Bounded by count and by age: whoever comes while a bound is reached waits, or fails if the
 * file cannot be written.
 *
 * <p>What is on its way to the file stays visible until it is {@link #written} or {@link #putBack};
 * only one thread at a time takes anything out.
 */
final class WriteBuffer {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Supplier<RelaxedBounds> bounds;
  private final LongSupplier clockNanos;
  // Oldest first: a key that is changed again keeps its place.
  private Map<Cell, PendingWrite> waiting = new LinkedHashMap<>();
  private final Map<Cell, PendingWrite> onTheWay = new LinkedHashMap<>();
  private long onTheWaySinceNanos;
  private long lastOrder;
  private @Nullable StoreException failure;
  private boolean closed;
  private volatile int size;

  /** What an {@link #add} asks for. */
  enum Due {
    NOTHING,
    IN_TIME,
    NOW
  }

  WriteBuffer(Supplier<RelaxedBounds> bounds) {
    this(bounds, System::nanoTime);
  }

  /** With a clock that a test moves. */
  WriteBuffer(Supplier<RelaxedBounds> bounds, LongSupplier clockNanos) {
    this.bounds = bounds;
    this.clockNanos = clockNanos;
  }

  /**
   * Takes a change of a canonical key over; at once, unless a bound is reached.
   *
   * @param hurry called before waiting
   * @throws StoreException if what was taken over before cannot be written; the change was not taken
   */
  Due add(Change change, Runnable hurry) {
    Cell key = change.key().column();
    RelaxedBounds limits = bounds.get();
    lock.lock();
    try {
      long nowNanos = clockNanos.getAsLong();
      while (mustWait(limits, nowNanos)) {
        hurry.run();
        changed.awaitUninterruptibly();
        nowNanos = clockNanos.getAsLong();
      }
      PendingWrite before = waiting.get(key);
      lastOrder++;
      if (before != null) {
        waiting.put(key, before.then(change, lastOrder));
        return Due.NOTHING;
      }
      waiting.put(key, PendingWrite.first(change, lastOrder, nowNanos));
      countAgain();
      if (size == (limits.maxEntries() + 1) / 2) {
        return Due.NOW;
      }
      return size == 1 ? Due.IN_TIME : Due.NOTHING;
    } finally {
      lock.unlock();
    }
  }

  private boolean mustWait(RelaxedBounds limits, long nowNanos) {
    if (closed) {
      throw new IllegalStateException("The cache was closed or dropped");
    }
    if (size == 0) {
      return false;
    }
    StoreException reason = failure;
    if (reason != null) {
      throw new StoreException(
          "write what was acknowledged before (nothing more is accepted until that succeeds)",
          reason.file(),
          reason);
    }
    return size >= limits.maxEntries()
        || oldestAgeNanos(nowNanos) > TimeUnit.MILLISECONDS.toNanos(limits.maxDelayMillis());
  }

  // What was taken by its key may be younger than what waits for its turn.
  private long oldestAgeNanos(long nowNanos) {
    long ageNanos =
        waiting.isEmpty() ? 0 : nowNanos - waiting.values().iterator().next().sinceNanos();
    return onTheWay.isEmpty() ? ageNanos : Math.max(ageNanos, nowNanos - onTheWaySinceNanos);
  }

  private void send(Cell key, PendingWrite pending) {
    if (onTheWay.isEmpty() || pending.sinceNanos() - onTheWaySinceNanos < 0) {
      onTheWaySinceNanos = pending.sinceNanos();
    }
    onTheWay.put(key, pending);
  }

  private void countAgain() {
    size = waiting.size() + onTheWay.size();
  }

  /** The newest change of this key that may not be in the file yet, or null. */
  @Nullable
  PendingWrite find(Cell key) {
    if (size == 0) {
      return null;
    }
    lock.lock();
    try {
      PendingWrite newest = waiting.get(key);
      return newest == null ? onTheWay.get(key) : newest;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    return size;
  }

  boolean isFailing() {
    lock.lock();
    try {
      return failure != null;
    } finally {
      lock.unlock();
    }
  }

  /** The order of the newest write; all that are there now have this or a lower one. */
  long lastOrder() {
    lock.lock();
    try {
      return lastOrder;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the oldest writes up to this order, to be written now. */
  List<Change> takeOldest(long upToOrder, int limit) {
    lock.lock();
    try {
      Iterator<Map.Entry<Cell, PendingWrite>> oldestFirst = waiting.entrySet().iterator();
      while (onTheWay.size() < limit && oldestFirst.hasNext()) {
        Map.Entry<Cell, PendingWrite> next = oldestFirst.next();
        if (next.getValue().order() > upToOrder) {
          break;
        }
        send(next.getKey(), next.getValue());
        oldestFirst.remove();
      }
      return changesOnTheWay();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the writes of these keys. */
  List<Change> take(Collection<Cell> keys) {
    lock.lock();
    try {
      for (Cell key : keys) {
        PendingWrite pending = waiting.remove(key);
        if (pending != null) {
          send(key, pending);
        }
      }
      return changesOnTheWay();
    } finally {
      lock.unlock();
    }
  }

  private List<Change> changesOnTheWay() {
    var changes = new ArrayList<Change>(onTheWay.size());
    onTheWay.values().forEach(pending -> changes.addAll(pending.changes()));
    return changes;
  }

  /** What was taken is in the file. */
  void written() {
    lock.lock();
    try {
      onTheWay.clear();
      failure = null;
      countAgain();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * What was taken is not in the file and waits again.
   *
   * @param reason why, to be told to the next callers; null if nothing is wrong with the file
   */
  void putBack(@Nullable StoreException reason) {
    lock.lock();
    try {
      Map<Cell, PendingWrite> all = new HashMap<>(waiting);
      onTheWay.forEach(
          (key, older) -> all.merge(key, older, (younger, before) -> before.then(younger)));
      List<PendingWrite> inOrder = new ArrayList<>(all.values());
      inOrder.sort(Comparator.comparingLong(PendingWrite::order));
      waiting = new LinkedHashMap<>();
      inOrder.forEach(pending -> waiting.put(pending.newest().key().column(), pending));
      onTheWay.clear();
      failure = reason == null ? failure : reason;
      countAgain();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets the keys that were not changed after this order, as something overtook them. */
  void discard(long upToOrder) {
    lock.lock();
    try {
      waiting.values().removeIf(pending -> pending.newestOrder() <= upToOrder);
      failure = null;
      countAgain();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Accepts nothing any more; who waits fails. What is there can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
