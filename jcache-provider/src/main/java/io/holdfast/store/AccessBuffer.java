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
  /** So many rows are written at once: a write to the cache waits for no more than these. */
  static final int BATCH_ROWS = 10_000;

  // The more rows wait, the more of them share a page, and the more reads of one row share a write.
  private static final int DUE_ROWS = 4 * BATCH_ROWS;

  // With more of them between two looks, writing them costs a good part of what the reads cost.
  private static final int WANTED_ROWS = 2 * BATCH_ROWS;

  // Where writing is stuck, accesses are forgotten rather than piled up.
  private static final int LIMIT_ROWS = 2 * DUE_ROWS;

  private final Map<Long, Note> notes = new ConcurrentHashMap<>();
  private final int wantedRows;
  private volatile AccessPart part = AccessPart.WHOLE;

  AccessBuffer() {
    this(WANTED_ROWS);
  }

  /** A buffer that looks at so small a part of its table that no more rows than these are noted in it. */
  AccessBuffer(int wantedRows) {
    this.wantedRows = wantedRows;
  }

  /** The accesses of one row; the number is that of hits. */
  private static final class Note extends AtomicLong {
    private static final long serialVersionUID = 1L;
    private static final long ENDED = -1;

    private volatile long lastAccessAtMillis;

    private boolean add(long hitCount, long atMillis) {
      // A race between two stamps may keep the older one: they are milliseconds apart.
      if (atMillis > lastAccessAtMillis) {
        lastAccessAtMillis = atMillis;
      }
      while (true) {
        long before = get();
        if (before == ENDED) {
          return false;
        }
        if (compareAndSet(before, before + hitCount)) {
          return true;
        }
      }
    }

    /** Takes back hits that are in the file; true, and this note has ended, if none are left. */
    private boolean end(long writtenHits, long writtenUntilMillis) {
      while (true) {
        long before = get();
        if (before == ENDED) {
          return false;
        }
        long left = Math.max(0, before - writtenHits);
        boolean isEnded = left == 0 && lastAccessAtMillis <= writtenUntilMillis;
        if (compareAndSet(before, isEnded ? ENDED : left)) {
          return isEnded;
        }
      }
    }
  }

  /** What was noted about one row since the last batch. */
  record Access(long rowId, long lastAccessAtMillis, long hits) {}

  /**
   * Notes a hit if the row is of the part of the table that is looked at. Then it counts for those of the
   * other parts too, whose turns come: so counts are right on average, and stamps some turns old.
   */
  void sample(long rowId, long atMillis) {
    AccessPart looked = part;
    if (looked.contains(rowId)) {
      note(rowId, looked.ofParts(), atMillis);
    }
  }

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
    return note == null ? storedHits : storedHits + Math.max(0, note.get());
  }

  /** Of how many rows something is noted. */
  long rows() {
    return notes.size();
  }

  /** Of how many equal parts of the table one is looked at. */
  int parts() {
    return part.ofParts();
  }

  boolean isEmpty() {
    return notes.isEmpty();
  }

  boolean isDue() {
    return notes.size() >= DUE_ROWS;
  }

  void forget(long rowId) {
    notes.remove(rowId);
  }

  void clear() {
    notes.clear();
  }

  /**
   * What is noted, in the order of row ids, which is the order on disk, in batches. It stays noted until
   * it is {@link #written}: nobody must find a row unused in between, and a failed batch comes again.
   * From now on the next part of the table is looked at, as large a part as these rows say.
   */
  List<List<Access>> pending() {
    var pending = new ArrayList<Access>(notes.size());
    notes.forEach((rowId, note) ->
        pending.add(new Access(rowId, note.lastAccessAtMillis, Math.max(0, note.get()))));
    AccessPart looked = part;
    long rows = pending.stream().filter(noted -> looked.contains(noted.rowId())).count();
    part = looked.next(rows, wantedRows);
    pending.sort(Comparator.comparingLong(Access::rowId));
    var batches = new ArrayList<List<Access>>();
    for (int from = 0; from < pending.size(); from += BATCH_ROWS) {
      batches.add(pending.subList(from, Math.min(from + BATCH_ROWS, pending.size())));
    }
    return batches;
  }

  /** Forgets what is in the file now, and keeps what was noted since. Batches must not overlap. */
  void written(List<Access> batch) {
    for (Access access : batch) {
      Note note = notes.get(access.rowId());
      if (note != null && note.end(access.hits(), access.lastAccessAtMillis())) {
        notes.remove(access.rowId(), note);
        if (note.lastAccessAtMillis > access.lastAccessAtMillis()) {
          // Stamped between our look and the end.
          note(access.rowId(), /* hitCount= */ 0, note.lastAccessAtMillis);
        }
      }
    }
  }
}
