package io.holdfast.tier;

import io.holdfast.store.EntryTable;
import io.holdfast.store.ForeignChanges;
import io.holdfast.store.StoredEntry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.ehcache.core.spi.store.tiering.AuthoritativeTier.InvalidationValve;
import org.ehcache.impl.store.HashUtils;
import org.ehcache.spi.resilience.StoreAccessException;
import org.jspecify.annotations.Nullable;

/**
 * The two ways between this tier and the heap above it: the heap hands back what it knows of an entry
 * ({@link #flush}), and this tier tells the heap to forget one ({@link #invalidate}).
 *
 * <p>The heap calls {@code flush} inside a bin lock of its map, so {@code flush} takes no lock of ours
 * and does no I/O; {@code invalidate} takes such bin locks, so it is called with nothing locked.
 *
 * <p>A row that another process changes while it is on its way from the file to the heap must not be
 * installed. The listener first raises {@link #foreignGeneration}, then invalidates what is marked;
 * whoever faults first marks, then compares the generation with the one before it read. So one of the
 * two sees the other.
 */
final class HeapLink<K, V> implements ForeignChanges {
  private static final Logger LOGGER = System.getLogger(HeapLink.class.getName());

  // Beyond what the heap may hold: marks that have outlived their copies.
  private static final int SPARE_MARKS = 1 << 18;

  private final EntryTable table;
  private final FaultedKeys<K> faulted;
  private final PendingExpiries<K> pending;
  private final MaxIdle maxIdle;
  private final AfterUnlock afterUnlock;
  private final Queue<K> expiredInHeap = new ConcurrentLinkedQueue<>();
  private final AtomicLong foreignGeneration = new AtomicLong();

  /** The key whose copies this thread is having removed by hash, outside the heap's bin lock. */
  private final ThreadLocal<@Nullable Boolean> removesByHash = new ThreadLocal<>();

  /** The heap above, where it is told by key; else it is told by hash, through the valve. */
  private final @Nullable HeapCopies<K> copies;

  private volatile @Nullable InvalidationValve valve;
  private volatile EntryTable.@Nullable Hearing hearing;

  HeapLink(
      EntryTable table,
      PendingExpiries<K> pending,
      MaxIdle maxIdle,
      AfterUnlock afterUnlock,
      @Nullable HeapCopies<K> copies) {
    this.table = table;
    this.copies = copies;
    this.maxIdle = maxIdle;
    this.pending = pending;
    this.afterUnlock = afterUnlock;
    this.faulted = new FaultedKeys<>(() -> mostMarks(copies));
    table.spare(faulted::holdsRow);
  }

  private static long mostMarks(@Nullable HeapCopies<?> copies) {
    long mostCopies = copies == null ? 0 : copies.mostCopies();
    return mostCopies > Long.MAX_VALUE - SPARE_MARKS ? Long.MAX_VALUE : mostCopies + SPARE_MARKS;
  }

  void setValve(InvalidationValve newValve) {
    valve = newValve;
  }

  /** Has the heap follow what other processes write, from now on. */
  void followOthers() {
    hearing = table.hear(this);
  }

  void stopFollowing() {
    EntryTable.Hearing open = hearing;
    hearing = null;
    if (open != null) {
      open.close();
    }
    watched();
  }

  @Override
  public boolean leaveToReaders() {
    if (copies != null) {
      copies.beforeReading(this::catchUp);
    }
    return copies != null || valve == null;
  }

  @Override
  public void watched() {
    if (copies != null) {
      copies.beforeReading(null);
    }
  }

  private void catchUp() {
    EntryTable.Hearing open = hearing;
    if (open != null) {
      open.catchUp();
    }
  }

  /** Rises when another process has changed something; to be read before the row. */
  long foreignGeneration() {
    return foreignGeneration.get();
  }

  /** What the heap takes of this row; to be called when it is about to. */
  RowHolder<V> fault(K key, Row<V> row, long nowMillis) {
    RowHolder<V> copy = copyOf(row, nowMillis);
    mark(key, markOf(row, copy, nowMillis));
    return copy;
  }

  /** What the heap may take of this row, once it is {@link #mark marked}; an access to it. */
  RowHolder<V> copyOf(Row<V> row, long nowMillis) {
    RowHolder<V> copy = row.holderUntil(maxIdle.heapUntilMillis(nowMillis));
    // The heap says when it lets the row go; until then this keeps the row from looking unused.
    table.recordAccess(row.rowId(), nowMillis);
    return copy;
  }

  /** The mark of this copy of the row. */
  FaultedKeys.Mark markOf(Row<V> row, RowHolder<V> copy, long nowMillis) {
    return new FaultedKeys.Mark(
        row.version(), row.rowId(), row.expiresAtMillis(), copy.expiresAtMillis(), nowMillis);
  }

  /** The heap takes a copy of the row that this was the mark of. */
  void mark(K key, FaultedKeys.Mark mark) {
    K victim = faulted.mark(key, mark);
    EntryTable.Hearing open = hearing;
    if (open != null) {
      open.attend();
    }
    if (victim != null) {
      invalidate(victim);
    }
  }

  /** The mark that this key has now, or null. */
  FaultedKeys.@Nullable Mark markOf(K key) {
    return faulted.find(key);
  }

  /**
   * Whether the heap may have used the row since this tier last heard: such a row is not expired yet,
   * however it looks from here.
   */
  boolean mayHaveUsed(K key, Row<V> row) {
    return faulted.isMarked(key, row.version());
  }

  /**
   * If the heap holds a copy that looks expired from here, makes the heap say when it last used it: a
   * hit in the heap extends the expiry of an idle limit there alone. Does nothing inside an operation.
   *
   * @see <a href="https://github.com/ehcache/ehcache3/issues/1097">ehcache3 issue 1097</a>
   */
  void settle(K key, long nowMillis) {
    if (faulted.isDue(key, nowMillis) && !afterUnlock.isInside()) {
      drop(key);
    }
  }

  /** A row is gone or replaced: what the heap holds of it is worth nothing, and it will be told so. */
  void forget(K key) {
    faulted.forget(key);
    pending.forget(key);
  }

  /** What the heap knows of an entry is older than what this tier knows; it has nothing to say any more. */
  void forgetCopy(K key) {
    faulted.forget(key);
  }

  void forgetAll() {
    foreignGeneration.incrementAndGet();
    faulted.clear();
    pending.clear();
  }

  /** Makes the heap forget its copy, when this thread holds no lock any more. */
  void invalidate(K key) {
    if (valve == null) {
      return;
    }
    if (afterUnlock.isInside()) {
      afterUnlock.later(() -> invalidateNow(key));
    } else {
      invalidateNow(key);
    }
  }

  // The mark goes after the copy, and only if no new copy was taken meanwhile.
  private boolean drop(K key) {
    FaultedKeys.Mark mark = faulted.find(key);
    if (mark == null) {
      return false;
    }
    invalidateNow(key);
    faulted.forget(key, mark);
    return true;
  }

  private void invalidateNow(K key) {
    HeapCopies<K> byKey = copies;
    if (byKey != null) {
      byKey.forget(key);
      return;
    }
    InvalidationValve open = valve;
    if (open == null) {
      return;
    }
    removesByHash.set(Boolean.TRUE);
    try {
      open.invalidateAllWithHash(HashUtils.intHashToLong(key.hashCode()));
    } catch (StoreAccessException e) {
      LOGGER.log(Level.WARNING, () -> "The heap tier could not forget an entry", e);
    } finally {
      removesByHash.remove();
    }
  }

  @Override
  public boolean isInterested() {
    return !faulted.isEmpty();
  }

  @Override
  public int rowsChanged(long[] rowIds) {
    foreignGeneration.incrementAndGet();
    int dropped = 0;
    for (long rowId : rowIds) {
      K key = faulted.keyOf(rowId);
      if (key != null && drop(key)) {
        dropped++;
      }
    }
    return dropped;
  }

  @Override
  public int everythingChanged() {
    foreignGeneration.incrementAndGet();
    int dropped = 0;
    for (K key : faulted.keys()) {
      if (drop(key)) {
        dropped++;
      }
    }
    return dropped;
  }

  /**
   * Takes over from the heap when it last used an entry and when that expires. Never throws and never
   * blocks: an exception here would leave the heap with a copy that nobody invalidates again.
   *
   * @return whether the heap's copy was the one that this tier gave it last
   */
  boolean flush(K key, ValueHolder<V> copy, long nowMillis) {
    try {
      FaultedKeys.Mark mark = faulted.find(key);
      if (mark == null || mark.version() != copy.getId()) {
        return false;
      }
      if (removesByHash.get() == null) {
        // Under the heap's bin lock: no newer copy of this key can have come.
        // Removed by hash, one may have, and the mark may be its own.
        faulted.forget(key, mark);
      }
      long saidMillis = copy.expirationTime() == ValueHolder.NO_EXPIRE
          ? StoredEntry.NEVER
          : copy.expirationTime();
      // What the heap was told is no news; anything else is what its policy says.
      long expiresAtMillis =
          saidMillis == mark.heapUntilMillis() ? mark.expiresAtMillis() : saidMillis;
      if (expiresAtMillis != mark.expiresAtMillis()) {
        pending.put(key, mark.version(), expiresAtMillis);
      }
      if (copy.lastAccessTime() > mark.takenAtMillis()) {
        table.recordAccess(mark.rowId(), copy.lastAccessTime());
      }
      if (nowMillis >= expiresAtMillis) {
        expiredInHeap.add(key);
      }
      return true;
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, () -> "Could not take over an access from the heap tier", e);
      return false;
    }
  }

  /** Tells the heap what time it is, if it wants to know. */
  void tick() {
    if (copies != null) {
      copies.tick();
    }
  }

  /** The next key whose copy had expired when the heap let it go, or null. */
  @Nullable
  K pollExpired() {
    return expiredInHeap.poll();
  }
}
