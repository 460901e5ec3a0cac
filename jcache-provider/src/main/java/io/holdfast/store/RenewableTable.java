package io.holdfast.store;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A cache whose rows move to another file when theirs cannot serve any longer; empty then, or as found. */
final class RenewableTable implements EntryTable {
  // Above what other processes may have given out in the file before, versions and lease tokens.
  private static final long VERSION_GAP = 1L << 32;

  private final RenewableFile file;
  private volatile Rows current;
  private @Nullable Rows next;
  private volatile @Nullable ForeignChanges listener;
  private volatile @Nullable Hearing hearing;
  private volatile LongPredicate heldAbove = rowId -> false;
  private volatile Consumer<List<StoredEntry>> evictionListener = evicted -> {};

  /** The rows and the file they are in. */
  private record Rows(Generation generation, EntryTable table) {}

  RenewableTable(RenewableFile file, Generation generation, EntryTable table) {
    this.file = file;
    this.current = new Rows(generation, table);
  }

  boolean isOn(EntryTable table) {
    return current.table() == table;
  }

  /**
   * Opens the cache in the next file. Its versions start above all that were given out here: whoever
   * still holds a copy of an old row must not take it for a new one.
   */
  void prepare(Generation nextGeneration) {
    Rows before = current;
    CacheDefinition definition = before.table().definition();
    long versionsBefore =
        before.generation().file().tables().highestVersion(definition.name()) + VERSION_GAP;
    EntryTable opened = nextGeneration.file().tables().open(definition, versionsBefore, false);
    opened.spare(heldAbove);
    opened.onEvictionInBackground(evictionListener);
    if (before.table() instanceof RelaxedTable relaxed) {
      opened.apply(relaxed.waiting());
    }
    next = new Rows(nextGeneration, opened);
  }

  /** Uses what was prepared. */
  void takeOver() {
    Rows prepared = Objects.requireNonNull(next, "prepare() comes first");
    next = null;
    ForeignChanges told = listener;
    if (told != null) {
      hearing = prepared.table().hear(told);
    }
    current = prepared;
  }

  private <R> R run(Function<EntryTable, R> operation) {
    for (int tries = 1; ; tries++) {
      Rows used = current;
      try {
        return operation.apply(used.table());
      } catch (StoreException | IllegalStateException e) {
        file.recover(used.generation(), e, tries);
      }
    }
  }

  @Override
  public CacheDefinition definition() {
    return current.table().definition();
  }

  @Override
  public boolean wasReset() {
    return current.table().wasReset();
  }

  @Override
  public @Nullable StoredEntry find(StoredKey key) {
    if (!FlightRecording.mayBeOn()) {
      return lookUp(key);
    }
    var event = new TierReadEvent();
    event.begin();
    StoredEntry found = lookUp(key);
    event.finished(definition().name(), found);
    return found;
  }

  // The hot path: no lambda unless it fails.
  private @Nullable StoredEntry lookUp(StoredKey key) {
    Rows used = current;
    try {
      return used.table().find(key);
    } catch (StoreException | IllegalStateException e) {
      file.recover(used.generation(), e, 1);
    }
    return this.<Found>run(table -> new Found(table.find(key))).entry();
  }

  private record Found(@Nullable StoredEntry entry) {}

  @Override
  public @Nullable StoredEntry[] findAll(List<? extends StoredKey> keys) {
    return run(table -> table.findAll(keys));
  }

  @Override
  public Outcome apply(List<? extends Change> changes) {
    file.requireFitting(changes);
    return run(table -> table.apply(changes));
  }

  @Override
  public List<StoredEntry> page(long afterRowId, int limit) {
    return run(table -> table.page(afterRowId, limit));
  }

  @Override
  public List<StoredEntry> created(long sinceMillis, long afterRowId, int limit) {
    return run(table -> table.created(sinceMillis, afterRowId, limit));
  }

  @Override
  public List<StoredEntry> expired(long nowMillis, @Nullable StoredEntry after, int limit) {
    return run(table -> table.expired(nowMillis, after, limit));
  }

  @Override
  public IdlePage idle(long unusedSinceMillis, long afterRowId, int limit) {
    return run(table -> table.idle(unusedSinceMillis, afterRowId, limit));
  }

  @Override
  public void clear() {
    run(table -> {
      table.clear();
      return table;
    });
  }

  @Override
  public long nextVersion() {
    return run(EntryTable::nextVersion);
  }

  @Override
  public void recordAccess(long rowId, long atMillis) {
    current.table().recordAccess(rowId, atMillis);
  }

  @Override
  public long entryCount() {
    return current.table().entryCount();
  }

  @Override
  public long payloadBytes() {
    return current.table().payloadBytes();
  }

  @Override
  public TableSize recentSize() {
    return current.table().recentSize();
  }

  @Override
  public long bufferedAccesses() {
    return current.table().bufferedAccesses();
  }

  @Override
  public void spare(LongPredicate newHeldAbove) {
    heldAbove = newHeldAbove;
    current.table().spare(newHeldAbove);
  }

  @Override
  public void flush() {
    run(table -> {
      table.flush();
      return table;
    });
  }

  @Override
  public void onEvictionInBackground(Consumer<List<StoredEntry>> listener) {
    evictionListener = listener;
    current.table().onEvictionInBackground(listener);
  }

  @Override
  public Hearing hear(ForeignChanges newListener) {
    listener = newListener;
    hearing = current.table().hear(newListener);
    return new Hearing() {
      @Override
      public void attend() {
        Hearing open = hearing;
        if (open != null) {
          open.attend();
        }
      }

      @Override
      public void catchUp() {
        run(table -> {
          Hearing open = hearing;
          if (open != null) {
            open.catchUp();
          }
          return table;
        });
      }

      @Override
      public void close() {
        listener = null;
        Hearing open = hearing;
        hearing = null;
        if (open != null) {
          open.close();
        }
      }
    };
  }
}
