package io.holdfast.tier;

import io.holdfast.store.Change;
import io.holdfast.store.EntryTable;
import io.holdfast.store.OutcomeUnknownException;
import io.holdfast.store.StoreException;
import io.holdfast.store.StoredEntry;
import io.holdfast.store.StoredKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ehcache.core.events.StoreEventSink;
import org.ehcache.core.spi.time.TimeSource;
import org.ehcache.core.statistics.StoreOperationOutcomes.EvictionOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Makes read, decide, write one step for a key: the decision, which may be user code, runs under the
 * key's lock and outside any transaction; the write commits only if the row is still the one that was
 * read, which another process may have changed. Then the decision is taken again.
 *
 * <p>In this order: commit, raise the write counter, fire events into the sink (still locked, so
 * events come in the order of commits), unlock, release the events, tell the heap.
 */
final class AtomicRows<K, V> {
  private static final Logger LOGGER = System.getLogger(AtomicRows.class.getName());
  private static final int MAX_CONFLICTS = 100;

  private final Turn.Parts<K, V> parts;
  private final EntryTable table;
  private final HeapLink<K, V> heap;
  private final WriteCounters writes;
  private final AfterUnlock afterUnlock;
  private final TimeSource clock;
  private final Path file;
  private final KeyStripes locks = new KeyStripes();
  private final PoisonedKeys<K> poisoned = new PoisonedKeys<>();

  AtomicRows(
      Turn.Parts<K, V> parts,
      HeapLink<K, V> heap,
      WriteCounters writes,
      AfterUnlock afterUnlock,
      TimeSource clock,
      Path file) {
    this.parts = parts;
    this.table = parts.rows().table();
    this.heap = heap;
    this.writes = writes;
    this.afterUnlock = afterUnlock;
    this.clock = clock;
    this.file = file;
  }

  /** Whether the row of this key is to be deleted now, as its time is over or its class has changed. */
  boolean isDead(K key, Row<V> row, long nowMillis) {
    return row.isOutdated() || (nowMillis >= row.diesAtMillis() && !heap.mayHaveUsed(key, row));
  }

  /**
   * Reads a row without a lock; an expired one is left alone. Null also if its value cannot be decrypted,
   * unless it is to be deleted.
   *
   * @throws StoreException if the file cannot be read, or the last write of the key may or may not be
   *     in it
   */
  @Nullable
  Row<V> read(K key) {
    if (heap.markOf(key) != null || poisoned.contains(key)) {
      makeReadable(key, clock.getTimeMillis());
    }
    Row<V> row = parts.rows().find(key, parts.rows().storedKey(key));
    return row == null || isAbsent(key, row) ? null : row;
  }

  private boolean isAbsent(K key, Row<V> row) {
    return row.isUnreadable() && !isDead(key, row, clock.getTimeMillis());
  }

  /** Before an unlocked read of a key that may be one of many: it must not be in doubt. */
  void makeReadable(K key, long nowMillis) {
    heap.settle(key, nowMillis);
    if (poisoned.contains(key)) {
      change(key, turn -> turn); // commits the delete that makes the key readable again, or throws
    }
  }

  /**
   * Lets an operation decide about a key, and does it.
   *
   * @param decision called again only if another process changed the row meanwhile
   * @return what the decision returned
   * @throws StoreException if the file cannot be read or written; nothing was changed, unless {@link
   *     OutcomeUnknownException} says otherwise
   */
  <R> R change(K key, Function<Turn<K, V>, R> decision) {
    heap.settle(key, clock.getTimeMillis());
    StoredKey storedKey = parts.rows().storedKey(key);
    return withSink(sink -> {
      ReentrantLock lock = locks.lock(key);
      try {
        poisoned.resolve(key, storedKey, table, () -> rewritten(key));
        for (int conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
          long writesBefore = writes.current(key);
          Turn<K, V> turn = turn(key, storedKey, parts.rows().find(key, storedKey));
          R result = decision.apply(turn);
          boolean changedByDecision = writes.current(key) != writesBefore;
          // Under the lock only the decision itself, calling the cache again, can have written
          // here: then its result is the newer one.
          Change change = changedByDecision ? turn.changeAnyway() : turn.change();
          if (commit(change == null ? List.of() : List.of(change), List.of(turn), sink)) {
            return result;
          }
        }
        throw new StoreException(
            "Could not write an entry that other processes kept changing", file);
      } finally {
        lock.unlock();
      }
    });
  }

  /**
   * Writes a value, whatever was there. Reads what was there only if somebody wants to know: a listener
   * or the expiry policy.
   *
   * @return whether the entry lives
   * @throws StoreException as {@link #change}
   */
  boolean put(K key, V value) {
    if (parts.events().hasListeners() || !parts.expiry().ignoresWhatWasThere(key, value)) {
      return change(key, turn -> {
        Row<V> live = turn.live();
        return live == null ? turn.create(value) != null : turn.update(live, value) != null;
      });
    }
    StoredKey storedKey = parts.rows().storedKey(key);
    return withSink(sink -> {
      ReentrantLock lock = locks.lock(key);
      try {
        poisoned.resolve(key, storedKey, table, () -> rewritten(key));
        Turn<K, V> turn = turn(key, storedKey, null);
        turn.create(value);
        Change change = turn.changeAnyway();
        commit(change == null ? List.of() : List.of(change), List.of(turn), sink);
        return Boolean.TRUE;
      } finally {
        lock.unlock();
      }
    });
  }

  /**
   * Lets an operation decide about several keys, and does it in one transaction. The decisions are
   * taken once; if another process changed one of the rows meanwhile, they overwrite its change.
   *
   * @param decision what it decided before it throws is done all the same
   */
  void changeAll(Collection<? extends K> keys, Consumer<List<Turn<K, V>>> decision) {
    Map<K, StoredKey> storedKeys = parts.rows().storedKeys(keys);
    long nowMillis = clock.getTimeMillis();
    keys.forEach(key -> heap.settle(key, nowMillis));
    withSink(sink -> {
      List<ReentrantLock> locked = locks.lockAll(storedKeys.keySet());
      try {
        decideAndCommit(turns(storedKeys), decision, sink);
        return Boolean.TRUE;
      } finally {
        KeyStripes.unlockAll(locked);
      }
    });
  }

  /**
   * Deletes those rows that are dead, in one transaction. Waits for nobody: keys that somebody works on
   * are left out. If another process changed one of the rows meanwhile, each is buried by itself.
   *
   * @return how many were deleted
   * @throws StoreException as {@link #change}
   */
  int buryAll(Collection<? extends K> keys) {
    if (keys.isEmpty()) {
      return 0; // nobody is to read the file for nothing
    }
    long nowMillis = clock.getTimeMillis();
    keys.forEach(key -> heap.settle(key, nowMillis));
    List<Turn<K, V>> dead = new ArrayList<>(keys.size());
    boolean buried = withSink(sink -> {
      List<K> free = new ArrayList<>(keys.size());
      List<ReentrantLock> locked = locks.tryLockAll(keys, free);
      try {
        for (Turn<K, V> turn : turns(parts.rows().storedKeys(free))) {
          if (turn.foundDead()) {
            turn.buryTheDead();
            dead.add(turn);
          }
        }
        List<Change> deletes =
            dead.stream().map(Turn::change).filter(Objects::nonNull).toList();
        return commit(deletes, dead, sink);
      } finally {
        KeyStripes.unlockAll(locked);
      }
    });
    return buried
        ? dead.size()
        : dead.stream().mapToInt(turn -> bury(turn.key()) ? 1 : 0).sum();
  }

  private boolean bury(K key) {
    return change(key, turn -> {
      turn.buryTheDead();
      return turn.foundDead();
    });
  }

  private List<Turn<K, V>> turns(Map<K, StoredKey> storedKeys) {
    storedKeys.forEach(
        (key, storedKey) -> poisoned.resolve(key, storedKey, table, () -> rewritten(key)));
    Map<K, Row<V>> found = parts.rows().findAll(storedKeys);
    List<Turn<K, V>> turns = new ArrayList<>(storedKeys.size());
    storedKeys.forEach((key, storedKey) -> turns.add(turn(key, storedKey, found.get(key))));
    return turns;
  }

  private void decideAndCommit(
      List<Turn<K, V>> turns, Consumer<List<Turn<K, V>>> decision, StoreEventSink<K, V> sink) {
    try {
      decision.accept(turns);
    } catch (RuntimeException | Error failure) {
      try {
        commitAll(turns, sink);
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
    commitAll(turns, sink);
  }

  private void commitAll(List<Turn<K, V>> turns, StoreEventSink<K, V> sink) {
    List<Change> changes = new ArrayList<>(turns.size());
    List<Change> anyway = new ArrayList<>(turns.size());
    for (Turn<K, V> turn : turns) {
      Change change = turn.change();
      Change unconditional = turn.changeAnyway();
      if (change != null && unconditional != null) {
        changes.add(change);
        anyway.add(unconditional);
      }
    }
    if (!commit(changes, turns, sink)) {
      commit(anyway, turns, sink);
    }
  }

  private <R> R withSink(Function<StoreEventSink<K, V>, R> operation) {
    StoreEventSink<K, V> sink = parts.events().eventSink();
    afterUnlock.enter();
    try {
      R result = operation.apply(sink);
      whenUnlocked(() -> parts.events().releaseEventSink(sink));
      return result;
    } catch (RuntimeException | Error failure) {
      whenUnlocked(() -> parts.events().releaseEventSinkAfterFailure(sink, failure));
      throw failure;
    } finally {
      afterUnlock.exit();
    }
  }

  private void whenUnlocked(Runnable release) {
    if (parts.events().hasListeners()) {
      afterUnlock.laterCallListeners(release);
    } else {
      afterUnlock.later(release);
    }
  }

  private Turn<K, V> turn(K key, StoredKey storedKey, @Nullable Row<V> found) {
    long nowMillis = clock.getTimeMillis();
    boolean isDead = found != null && isDead(key, found, nowMillis);
    return new Turn<>(parts, key, storedKey, found, isDead, nowMillis);
  }

  /** False if another process changed a row since it was read; then nothing was done. */
  private boolean commit(List<Change> changes, List<Turn<K, V>> turns, StoreEventSink<K, V> sink) {
    List<StoredEntry> evicted = List.of();
    if (!changes.isEmpty()) {
      EntryTable.Outcome outcome;
      try {
        outcome = table.apply(changes);
      } catch (OutcomeUnknownException e) {
        for (Turn<K, V> turn : turns) {
          poisoned.add(turn.key());
          rewritten(turn.key());
          heap.invalidate(turn.key());
        }
        throw e;
      }
      if (!outcome.applied()) {
        return false;
      }
      evicted = outcome.evicted();
    }
    for (Turn<K, V> turn : turns) {
      if (turn.rewritesRow()) {
        rewritten(turn.key());
        if (turn.foundDead()) {
          // After a user's change Ehcache itself makes the heap forget; after a death nobody would.
          heap.invalidate(turn.key());
        }
      }
      if (turn.movesExpiry()) {
        heap.forgetCopy(turn.key());
      }
      turn.report(sink);
    }
    evicted.forEach(entry -> reportEvicted(entry, sink));
    return true;
  }

  private void rewritten(K key) {
    heap.forget(key);
    writes.raise(key);
  }

  /** Takes note of rows that were evicted for no call of this tier; called with nothing locked. */
  void evictedInBackground(List<StoredEntry> evicted) {
    withSink(sink -> {
      evicted.forEach(entry -> reportEvicted(entry, sink));
      return Boolean.TRUE;
    });
  }

  private void reportEvicted(StoredEntry entry, StoreEventSink<K, V> sink) {
    parts.counters().evictions.increment();
    parts.observers().eviction.begin();
    parts.observers().eviction.end(EvictionOutcome.SUCCESS);
    try {
      K key = parts.rows().keyOf(entry);
      rewritten(key);
      heap.invalidate(key);
      Row<V> row = parts.rows().row(key, entry);
      if (parts.events().hasListeners() && !row.isUnreadable()) {
        sink.evicted(key, row::ownValue);
      }
    } catch (RuntimeException e) {
      // The row is gone and the write that made room for itself has succeeded.
      LOGGER.log(Level.WARNING, () -> "Could not report an evicted entry", e);
    }
  }

  /**
   * The rows are those of another file now. Whoever is on the way from the old file to the heap either
   * sees the counters change, or has its key marked already; so no old copy stays. With nothing locked.
   */
  void fileReplaced() {
    writes.raiseAll();
    heap.everythingChanged();
  }

  /** Deletes all rows, without events. */
  void clear() {
    table.clear();
    poisoned.clear();
    heap.forgetAll();
    writes.raiseAll();
  }
}
