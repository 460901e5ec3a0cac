package io.holdfast.store;

import io.holdfast.store.Change.Expectation;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one cache with {@link Durability#RELAXED}: a single change that expects nothing waits in
 * memory for its turn, everything else goes to the file at once, together with what waits for the same
 * keys. Reads of this process see both as one.
 */
final class RelaxedTable implements EntryTable {
  // A transaction holds up the writers that do not buffer: a few milliseconds each.
  private static final int CHUNK_ENTRIES = 256;

  private static final Logger logger = System.getLogger(RelaxedTable.class.getName());

  private final SqliteEntryTable table;
  private final Path file;
  private final WriteBuffer buffer;
  private final Schedule schedule;
  // Whoever holds it is the only one that takes out of the buffer, so
  // writes reach the file in order.
  private final ReentrantLock flushing = new ReentrantLock(/* fair= */ true);
  private final LongAdder failures = new LongAdder();
  private final AtomicBoolean hurried = new AtomicBoolean();
  private final AtomicBoolean planned = new AtomicBoolean();
  private volatile Consumer<List<StoredEntry>> evictionListener = evicted -> {};

  /** Calls what carries writes to the file, on a thread of its own. */
  interface Schedule {
    /** Whether writes may be acknowledged from memory at all. */
    boolean isRelaxed();

    void now(Runnable flush);

    /** Early enough for what has just been acknowledged. */
    void inTime(Runnable flush);
  }

  RelaxedTable(SqliteEntryTable table, Path file, WriteBuffer buffer, Schedule schedule) {
    this.table = table;
    this.file = file;
    this.buffer = buffer;
    this.schedule = schedule;
  }

  @Override
  public Outcome apply(List<? extends Change> changes) {
    if (changes.size() == 1 && canWait(changes.get(0))) {
      table.requireThere();
      switch (buffer.add(changes.get(0), this::hurry)) {
        case NOW -> hurry();
        case IN_TIME -> plan();
        case NOTHING -> {}
      }
      return new Outcome(true, List.of());
    }
    List<Cell> buffered = buffered(changes);
    return buffered.isEmpty() ? table.apply(changes) : applyAfter(buffered, changes);
  }

  private void hurry() {
    if (hurried.compareAndSet(false, true)) {
      schedule.now(() -> flushInBackground(hurried));
    }
  }

  private void plan() {
    if (planned.compareAndSet(false, true)) {
      schedule.inTime(() -> flushInBackground(planned));
    }
  }

  private void flushInBackground(AtomicBoolean due) {
    due.set(false);
    boolean wasFailing = buffer.isFailing();
    try {
      flush();
    } catch (RuntimeException e) {
      if (!wasFailing) {
        logger.log(
            Level.WARNING,
            () -> buffer.size() + " acknowledged writes could not be written to " + file
                + " yet; will try again until that succeeds",
            e);
      }
    }
    if (buffer.size() > 0) {
      plan();
    }
  }

  private boolean canWait(Change change) {
    return schedule.isRelaxed()
        && change.expectation() == Expectation.ANY
        && change.key() instanceof StoredKey.Canonical
        && (change instanceof Change.Put || change instanceof Change.Delete);
  }

  private List<Cell> buffered(List<? extends Change> changes) {
    var keys = new ArrayList<Cell>();
    for (Change change : changes) {
      if (pending(change.key()) != null) {
        keys.add(change.key().column());
      }
    }
    return keys;
  }

  // In one transaction; if an expectation fails, what waited goes on waiting.
  private Outcome applyAfter(List<Cell> keys, List<? extends Change> changes) {
    flushing.lock();
    try {
      List<Change> all = buffer.take(keys);
      all.addAll(changes);
      boolean applied = false;
      try {
        Outcome outcome = table.apply(all);
        applied = outcome.applied();
        return outcome;
      } finally {
        if (applied) {
          buffer.written();
        } else {
          buffer.putBack(/* reason= */ null);
        }
      }
    } finally {
      flushing.unlock();
    }
  }

  @Override
  public void flush() {
    long upToOrder = buffer.lastOrder();
    while (buffer.size() > 0) {
      List<StoredEntry> evicted = flushChunk(upToOrder);
      if (evicted == null) {
        return;
      }
      if (!evicted.isEmpty()) {
        evictionListener.accept(evicted);
      }
    }
  }

  /** What was acknowledged and is not in the file, oldest first; it stays here. */
  List<Change> waiting() {
    flushing.lock();
    try {
      List<Change> all = List.copyOf(buffer.takeOldest(buffer.lastOrder(), Integer.MAX_VALUE));
      buffer.putBack(/* reason= */ null);
      return all;
    } finally {
      flushing.unlock();
    }
  }

  // Null if there is nothing to write.
  private @Nullable List<StoredEntry> flushChunk(long upToOrder) {
    flushing.lock();
    try {
      List<Change> chunk = buffer.takeOldest(upToOrder, CHUNK_ENTRIES);
      if (chunk.isEmpty()) {
        return null;
      }
      try {
        List<StoredEntry> evicted = table.apply(chunk).evicted();
        buffer.written();
        return evicted;
      } catch (CacheGoneException e) {
        buffer.putBack(/* reason= */ null);
        discard(e);
        return null;
      } catch (StoreException e) {
        failures.increment();
        buffer.putBack(e);
        throw e;
      } catch (RuntimeException | Error e) {
        buffer.putBack(/* reason= */ null);
        throw e;
      }
    } finally {
      flushing.unlock();
    }
  }

  // What was written into a cache that somebody destroyed is destroyed too.
  private void discard(CacheGoneException reason) {
    logger.log(
        Level.WARNING, () -> buffer.size() + " acknowledged writes went with their cache", reason);
    buffer.close();
    buffer.discard(Long.MAX_VALUE);
  }

  int bufferedWrites() {
    return buffer.size();
  }

  long failures() {
    return failures.sum();
  }

  /** Accepts no change any more; what waits can still be flushed. */
  void stopBuffering() {
    buffer.close();
  }

  /** Drops the table, and what waits for it once that has succeeded. */
  boolean dropping(BooleanSupplier drop) {
    flushing.lock();
    try {
      boolean dropped = drop.getAsBoolean();
      buffer.close();
      buffer.discard(Long.MAX_VALUE);
      return dropped;
    } finally {
      flushing.unlock();
    }
  }

  @Override
  public void onEvictionInBackground(Consumer<List<StoredEntry>> listener) {
    evictionListener = listener;
    table.onEvictionInBackground(listener);
  }

  @Override
  public void clear() {
    flushing.lock();
    try {
      long upToOrder = buffer.lastOrder();
      table.clear();
      buffer.discard(upToOrder);
    } finally {
      flushing.unlock();
    }
  }

  private @Nullable PendingWrite pending(StoredKey key) {
    return key instanceof StoredKey.Canonical ? buffer.find(key.column()) : null;
  }

  // The buffer first: what is no longer there is in the file by now.
  @Override
  public @Nullable StoredEntry find(StoredKey key) {
    PendingWrite pending = pending(key);
    if (pending == null) {
      return table.find(key);
    }
    return pending.newest() instanceof Change.Put put
        ? over(table.find(key), put, pending.afterDelete())
        : null;
  }

  @Override
  public @Nullable StoredEntry[] findAll(List<? extends StoredKey> keys) {
    @Nullable PendingWrite[] pending = new PendingWrite[keys.size()];
    Arrays.setAll(pending, i -> pending(keys.get(i)));
    @Nullable StoredEntry[] found = table.findAll(keys);
    for (int i = 0; i < pending.length; i++) {
      PendingWrite write = pending[i];
      if (write != null) {
        found[i] = write.newest() instanceof Change.Put put
            ? over(found[i], put, write.afterDelete())
            : null;
      }
    }
    return found;
  }

  // As the row will be once the put has been carried out.
  private StoredEntry over(@Nullable StoredEntry row, Change.Put put, boolean afterDelete) {
    if (row != null && row.version() == put.version()) {
      return row;
    }
    boolean keepsCreation =
        row != null && !afterDelete && row.expiresAtMillis() > put.createdAtMillis();
    long createdAtMillis =
        row != null && keepsCreation ? row.createdAtMillis() : put.createdAtMillis();
    return new StoredEntry(
        row == null ? table.likelyRowId(put.key()) : row.rowId(),
        row == null ? put.key().column() : row.key(),
        put.value(),
        put.version(),
        createdAtMillis,
        put.expiresAtMillis(),
        Math.max(put.createdAtMillis(), row == null ? 0 : row.lastAccessAtMillis()));
  }

  @Override
  public List<StoredEntry> page(long afterRowId, int limit) {
    flush();
    return table.page(afterRowId, limit);
  }

  @Override
  public List<StoredEntry> created(long sinceMillis, long afterRowId, int limit) {
    flush();
    return table.created(sinceMillis, afterRowId, limit);
  }

  @Override
  public List<StoredEntry> expired(long nowMillis, @Nullable StoredEntry after, int limit) {
    flush();
    return table.expired(nowMillis, after, limit);
  }

  @Override
  public IdlePage idle(long unusedSinceMillis, long afterRowId, int limit) {
    flush();
    return table.idle(unusedSinceMillis, afterRowId, limit);
  }

  @Override
  public long entryCount() {
    flushForCounters();
    return table.entryCount();
  }

  @Override
  public long payloadBytes() {
    flushForCounters();
    return table.payloadBytes();
  }

  @Override
  public TableSize recentSize() {
    return table.recentSize();
  }

  @Override
  public long bufferedAccesses() {
    return table.bufferedAccesses();
  }

  @Override
  public Hearing hear(ForeignChanges listener) {
    return table.hear(listener);
  }

  @Override
  public void spare(LongPredicate heldAbove) {
    table.spare(heldAbove);
  }

  // Whether a buffered put adds a row is known once it is in the file.
  private void flushForCounters() {
    try {
      flush();
    } catch (StoreException | IllegalStateException counted) {
      // Counters are for people who watch; the next writer is told.
    }
  }

  @Override
  public CacheDefinition definition() {
    return table.definition();
  }

  @Override
  public boolean wasReset() {
    return table.wasReset();
  }

  @Override
  public long nextVersion() {
    return table.nextVersion();
  }

  @Override
  public void recordAccess(long rowId, long atMillis) {
    table.recordAccess(rowId, atMillis);
  }
}
