package io.holdfast.store;

import java.sql.SQLException;
import java.util.List;

/** Writes the noted accesses of one cache to its table. */
final class AccessWriter {
  private final CacheAccess access;
  private final EntryWriter rows;
  private final AccessBuffer accesses;

  AccessWriter(CacheAccess access, EntryWriter rows, AccessBuffer accesses) {
    this.access = access;
    this.rows = rows;
    this.accesses = accesses;
  }

  /**
   * Writes what is noted at this moment, a transaction for each batch, so that other writers come in
   * between. One thread at a time: hits of a batch that is on its way must not be taken for new ones.
   */
  synchronized void writeAll() {
    if (access.isGone()) {
      return;
    }
    for (List<AccessBuffer.Access> batch : accesses.pending()) {
      access.transact("write access times", () -> write(batch), accesses::written);
    }
  }

  private List<AccessBuffer.Access> write(List<AccessBuffer.Access> batch) throws SQLException {
    for (AccessBuffer.Access noted : batch) {
      rows.noteAccess(noted);
    }
    return batch;
  }
}
