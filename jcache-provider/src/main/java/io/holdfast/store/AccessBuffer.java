package io.holdfast.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Accesses that are not in the file yet. Safe from any thread; noting one never blocks for long. */
final class AccessBuffer {
  /** How many rows are worth a batch. */
  static final int BATCH_ROWS = 10_000;

  // Where writing is stuck, accesses are forgotten rather than piled up.
  private static final int LIMIT_ROWS = 4 * BATCH_ROWS;

  private final Map<Long, Note> notes = new ConcurrentHashMap<>();

  /** The accesses of one row. */
  static final class Note {
    private static final long TAKEN = -1;

    private final AtomicLong hits = new AtomicLong();
    private volatile long lastAccessAtMillis;

    private boolean add(long hitCount, long atMillis) {
      // A race between two stamps may keep the older one: they are milliseconds apart.
      if (atMillis > lastAccessAtMillis) {
        lastAccessAtMillis = atMillis;
      }
      while (true) {
        long before = hits.get();
        if (before == TAKEN) {
          return false;
        }
        if (hits.compareAndSet(before, before + hitCount)) {
          return true;
        }
      }
    }

    /** Ends this note; -1 if that had happened before. */
    private long take() {
      return hits.getAndSet(TAKEN);
    }
  }

  /** What was noted about one row since the last batch. */
  record Access(long rowId, long lastAccessAtMillis, long hits) {}

  /** Notes hits, or 0 hits for a write that makes the row young again. */
  void note(long rowId, long hitCount, long atMillis) {
    while (true) {
      Note note = notes.get(rowId);
      if (note == null) {
        if (notes.size() >= LIMIT_ROWS) {
          return;
        }
        Note fresh = new Note();
        Note present = notes.putIfAbsent(rowId, fresh);
        note = present == null ? fresh : present;
      }
      if (note.add(hitCount, atMillis)) {
        return;
      }
      notes.remove(rowId, note);
    }
  }

  /** The later of the stored stamp and the noted one. */
  long lastAccessAtMillis(long rowId, long storedAtMillis) {
    @Nullable Note note = notes.isEmpty() ? null : notes.get(rowId);
    return note == null ? storedAtMillis : Math.max(storedAtMillis, note.lastAccessAtMillis);
  }

  /** The stored hits and the noted ones. */
  long hits(long rowId, long storedHits) {
    @Nullable Note note = notes.isEmpty() ? null : notes.get(rowId);
    return note == null ? storedHits : storedHits + Math.max(0, note.hits.get());
  }

  boolean isEmpty() {
    return notes.isEmpty();
  }

  boolean isBatchDue() {
    return notes.size() >= BATCH_ROWS;
  }

  void forget(long rowId) {
    notes.remove(rowId);
  }

  void clear() {
    notes.clear();
  }

  /** Takes everything out, in the order of row ids, which is the order on disk. */
  List<Access> drain() {
    var drained = new ArrayList<Access>(notes.size());
    for (Long rowId : List.copyOf(notes.keySet())) {
      Note note = notes.remove(rowId);
      if (note != null) {
        // Taken after it is out: whoever still holds it starts a new one.
        drained.add(new Access(rowId, note.lastAccessAtMillis, Math.max(0, note.take())));
      }
    }
    drained.sort(Comparator.comparingLong(Access::rowId));
    return drained;
  }
}
