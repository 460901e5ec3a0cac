package io.holdfast.tier;

import io.holdfast.store.CacheDefinition;
import io.holdfast.store.Change;
import io.holdfast.store.EntryTable;
import io.holdfast.store.OutcomeUnknownException;
import io.holdfast.store.StoreException;
import io.holdfast.store.StoredEntry;
import io.holdfast.store.StoredKey;
import io.holdfast.store.TableSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A real table whose next writes fail as told: before the commit, or after it as if its outcome were lost. */
final class UncertainTable implements EntryTable {
  private static final Path FILE = Path.of("cache.db");

  private final EntryTable table;
  private int failuresBeforeCommit;
  private int failuresAfterCommit;
  private boolean isOvertaken;
  private @Nullable Change theirs;

  UncertainTable(EntryTable table) {
    this.table = table;
  }

  void failBeforeCommit(int writes) {
    failuresBeforeCommit = writes;
  }

  void loseTheOutcome(int writes) {
    failuresAfterCommit = writes;
  }

  /** Lets another process write the same before the next write does. */
  void letAnotherBeFirst() {
    isOvertaken = true;
  }

  /** Lets another process make this change before the next write. */
  void letAnotherDo(Change change) {
    theirs = change;
  }

  @Override
  public Outcome apply(List<? extends Change> changes) {
    Change first = theirs;
    if (first != null) {
      theirs = null;
      table.apply(List.of(first));
    }
    if (isOvertaken) {
      isOvertaken = false;
      Change.Put put = (Change.Put) changes.get(0);
      table.apply(List.of(new Change.Put(
          put.key(),
          put.value(),
          table.nextVersion(),
          put.createdAtMillis(),
          put.expiresAtMillis(),
          Change.Expectation.ANY)));
    }
    if (failuresAfterCommit > 0) {
      failuresAfterCommit--;
      table.apply(changes);
      throw new OutcomeUnknownException("commit", FILE, new IOException("injected"));
    }
    if (failuresBeforeCommit > 0) {
      failuresBeforeCommit--;
      throw new StoreException("write", FILE, new IOException("injected"));
    }
    return table.apply(changes);
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
  public @Nullable StoredEntry find(StoredKey key) {
    return table.find(key);
  }

  @Override
  public @Nullable StoredEntry[] findAll(List<? extends StoredKey> keys) {
    return table.findAll(keys);
  }

  @Override
  public List<StoredEntry> page(long afterRowId, int limit) {
    return table.page(afterRowId, limit);
  }

  @Override
  public List<StoredEntry> created(long sinceMillis, long afterRowId, int limit) {
    return table.created(sinceMillis, afterRowId, limit);
  }

  @Override
  public List<StoredEntry> expired(long nowMillis, @Nullable StoredEntry after, int limit) {
    return table.expired(nowMillis, after, limit);
  }

  @Override
  public IdlePage idle(long unusedSinceMillis, long afterRowId, int limit) {
    return table.idle(unusedSinceMillis, afterRowId, limit);
  }

  @Override
  public void clear() {
    table.clear();
  }

  @Override
  public long nextVersion() {
    return table.nextVersion();
  }

  @Override
  public void recordAccess(long rowId, long atMillis) {
    table.recordAccess(rowId, atMillis);
  }

  @Override
  public long entryCount() {
    return table.entryCount();
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
  public long payloadBytes() {
    return table.payloadBytes();
  }

  @Override
  public void onEvictionInBackground(Consumer<List<StoredEntry>> listener) {
    table.onEvictionInBackground(listener);
  }

  @Override
  public void spare(LongPredicate heldAbove) {
    table.spare(heldAbove);
  }

  @Override
  public Hearing hear(io.holdfast.store.ForeignChanges listener) {
    return table.hear(listener);
  }
}
