package io.holdfast.store;

import io.holdfast.store.Change.Expectation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries out the changes of one {@link EntryTable#apply} inside its transaction. */
final class WriteBatch {
  private final EntryWriter rows;
  private final long maxEntryBytes;
  private final List<StoredEntry> tooLarge = new ArrayList<>();
  private final Set<Long> written = new HashSet<>();
  private final Set<Long> rewritten = new HashSet<>();
  private final Set<Long> deleted = new HashSet<>();
  private long entriesAdded;
  private long payloadBytesAdded;

  /** One change and how to find its row. */
  record Step(Change change, KeyMatch match) {}

  /** How carrying out ended. */
  enum Result {
    DONE,
    EXPECTATION_FAILED,
    KEY_UNKNOWN
  }

  WriteBatch(EntryWriter rows, long maxEntryBytes) {
    this.rows = rows;
    this.maxEntryBytes = maxEntryBytes;
  }

  Result run(List<Step> steps) throws SQLException {
    for (Step step : steps) {
      Result result = run(step);
      if (result != Result.DONE) {
        return result;
      }
    }
    return Result.DONE;
  }

  private Result run(Step step) throws SQLException {
    List<EntryWriter.Present> bucket = rows.probe(step.match().bucket());
    EntryWriter.Present present = null;
    for (EntryWriter.Present row : bucket) {
      KeyMatch.Answer answer = step.match().compare(row.key());
      if (answer == KeyMatch.Answer.UNKNOWN) {
        return Result.KEY_UNKNOWN;
      }
      if (answer == KeyMatch.Answer.SAME) {
        present = row;
        break;
      }
    }
    if (!holds(step.change().expectation(), present, step.match().bucket())) {
      return Result.EXPECTATION_FAILED;
    }
    if (step.change() instanceof Change.Put put) {
      put(put, present, step.match().bucket(), bucket);
    } else if (step.change() instanceof Change.Touch touch) {
      if (present != null) {
        rows.touch(present.rowId(), touch.expiresAtMillis());
      }
    } else if (step.change() instanceof Change.Recast recast) {
      if (present != null) {
        recast(recast, present);
      }
    } else if (present != null) {
      delete(present);
    }
    return Result.DONE;
  }

  private void recast(Change.Recast recast, EntryWriter.Present present) throws SQLException {
    long payloadBytes = Columns.payloadBytes(present.key()) + Columns.payloadBytes(recast.value());
    rows.recast(present.rowId(), recast.value(), payloadBytes);
    payloadBytesAdded += payloadBytes - present.payloadBytes();
  }

  private void delete(EntryWriter.Present present) throws SQLException {
    rows.delete(present.rowId());
    written.remove(present.rowId());
    deleted.add(present.rowId());
    entriesAdded--;
    payloadBytesAdded -= present.payloadBytes();
  }

  private boolean holds(
      Expectation expectation, EntryWriter.@Nullable Present present, Bucket bucket)
      throws SQLException {
    if (expectation instanceof Expectation.Held held) {
      if (!holds(held.row(), present, bucket)) {
        return false;
      }
      if (!rows.endLease(bucket, held.token())) {
        throw new LeaseLostException();
      }
      return true;
    }
    if (expectation instanceof Expectation.Version version) {
      return present != null && present.version() == version.version();
    }
    return present == null || expectation instanceof Expectation.Any;
  }

  private void put(
      Change.Put put,
      EntryWriter.@Nullable Present present,
      Bucket bucket,
      List<EntryWriter.Present> neighbours)
      throws SQLException {
    // Also over an equal key that was written in another way: the value may
    // be bound to this column.
    Cell key = put.key().column();
    long payloadBytes = Columns.payloadBytes(key) + Columns.payloadBytes(put.value());
    if (payloadBytes > maxEntryBytes) {
      refuse(put, key, present, bucket);
      return;
    }
    if (present == null) {
      long rowId = freeSlot(bucket, neighbours);
      rows.insert(rowId, put, put.createdAtMillis(), payloadBytes);
      written.add(rowId);
      entriesAdded++;
      payloadBytesAdded += payloadBytes;
      return;
    }
    boolean wasExpired = present.expiresAtMillis() <= put.createdAtMillis();
    rows.update(
        present.rowId(),
        put,
        wasExpired ? put.createdAtMillis() : present.createdAtMillis(),
        payloadBytes);
    if (!present.key().equals(key)) {
      rows.rename(present.rowId(), key);
    }
    written.add(present.rowId());
    rewritten.add(present.rowId());
    payloadBytesAdded += payloadBytes - present.payloadBytes();
  }

  // It would push out all others and then go itself.
  private void refuse(
      Change.Put put, Cell key, EntryWriter.@Nullable Present present, Bucket bucket)
      throws SQLException {
    if (present != null) {
      delete(present);
    }
    tooLarge.add(new StoredEntry(
        present == null ? bucket.first() : present.rowId(),
        key,
        put.value(),
        put.version(),
        put.createdAtMillis(),
        put.expiresAtMillis(),
        put.createdAtMillis()));
  }

  private static long freeSlot(Bucket bucket, List<EntryWriter.Present> neighbours)
      throws SQLException {
    long free = bucket.first();
    for (EntryWriter.Present neighbour : neighbours) {
      if (neighbour.rowId() != free) {
        return free;
      }
      free++;
    }
    if (free > bucket.last()) {
      throw new SQLException("65536 keys with the same hash");
    }
    return free;
  }

  /** Row ids that this batch wrote and that are still there. */
  Set<Long> written() {
    return written;
  }

  /** What was to be written but is larger than the limit of one entry. */
  List<StoredEntry> tooLarge() {
    return tooLarge;
  }

  /** Row ids whose value was replaced. */
  Set<Long> rewritten() {
    return rewritten;
  }

  /** Row ids that were deleted at some point of the batch. */
  Set<Long> deleted() {
    return deleted;
  }

  long entriesAdded() {
    return entriesAdded;
  }

  long payloadBytesAdded() {
    return payloadBytesAdded;
  }
}
