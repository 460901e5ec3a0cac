package io.holdfast.tier;

import io.holdfast.store.EntryTable;
import io.holdfast.store.StoredEntry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.ehcache.core.spi.store.tiering.AuthoritativeTier.InvalidationValve;
import org.ehcache.impl.store.HashUtils;
import org.ehcache.spi.resilience.StoreAccessException;
import org.jspecify.annotations.Nullable;

/**
 * The two ways between this tier and the heap above it: the heap hands back what it knows of an entry
 * ({@link #flush}), and this tier tells the heap to forget one ({@link #invalidate}).
 *
 * <p>The heap calls {@code flush} inside a bin lock of its map, so {@code flush} takes no lock and does
 * no I/O; {@code invalidate} takes such bin locks, so it is called with nothing locked.
 */
final class HeapLink<K, V> {
  private static final Logger LOGGER = System.getLogger(HeapLink.class.getName());

  private final EntryTable table;
  private final FaultedKeys<K> faulted = new FaultedKeys<>();
  private final PendingExpiries<K> pending;
  private final AfterUnlock afterUnlock;
  private final Queue<K> expiredInHeap = new ConcurrentLinkedQueue<>();
  private volatile @Nullable InvalidationValve valve;

  HeapLink(EntryTable table, PendingExpiries<K> pending, AfterUnlock afterUnlock) {
    this.table = table;
    this.pending = pending;
    this.afterUnlock = afterUnlock;
    table.spare(faulted::holdsRow);
  }

  void setValve(InvalidationValve newValve) {
    valve = newValve;
  }

  /** The heap is about to take a copy of this row. */
  void fault(K key, Row<V> row, long nowMillis) {
    // The heap says when it lets the row go; until then this keeps the row from looking unused.
    table.recordAccess(row.rowId(), nowMillis);
    K victim =
        faulted.mark(key, new FaultedKeys.Mark(row.version(), row.rowId(), row.expiresAtMillis()));
    if (victim != null) {
      invalidate(victim);
    }
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
      invalidateNow(key);
      faulted.forget(key);
    }
  }

  /** A row is gone or replaced: what the heap holds of it is worth nothing. */
  void forget(K key) {
    faulted.forget(key);
    pending.forget(key);
  }

  void forgetAll() {
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

  private void invalidateNow(K key) {
    InvalidationValve open = valve;
    if (open == null) {
      return;
    }
    try {
      open.invalidateAllWithHash(HashUtils.intHashToLong(key.hashCode()));
    } catch (StoreAccessException e) {
      LOGGER.log(Level.WARNING, () -> "The heap tier could not forget an entry", e);
    }
  }

  /**
   * Takes over from the heap when it last used an entry and when that expires. Never throws and never
   * blocks: an exception here would leave the heap with a copy that nobody invalidates again.
   *
   * @return whether the heap's copy was the one that this tier gave it last
   */
  boolean flush(K key, ValueHolder<V> copy, long nowMillis) {
    try {
      FaultedKeys.Mark mark = faulted.release(key, copy.getId());
      if (mark == null) {
        return false;
      }
      long expiresAtMillis = copy.expirationTime() == ValueHolder.NO_EXPIRE
          ? StoredEntry.NEVER
          : copy.expirationTime();
      if (expiresAtMillis != mark.expiresAtMillis()) {
        pending.put(key, mark.version(), expiresAtMillis);
      }
      table.recordAccess(mark.rowId(), copy.lastAccessTime());
      if (nowMillis >= expiresAtMillis) {
        expiredInHeap.add(key);
      }
      return true;
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, () -> "Could not take over an access from the heap tier", e);
      return false;
    }
  }

  /** The next key whose copy had expired when the heap let it go, or null. */
  @Nullable
  K pollExpired() {
    return expiredInHeap.poll();
  }
}
