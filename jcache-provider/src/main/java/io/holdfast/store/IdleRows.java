package io.holdfast.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds rows that were not used for long by walking through all of them, some at a time: an index on
 * the access time would cost every read more than the walk costs the background.
 */
final class IdleRows {
  private final String sample;
  private final EntryReader reader;
  private final AccessBuffer accesses;

  IdleRows(EntrySql sql, EntryReader reader, AccessBuffer accesses) {
    this.sample = sql.sample();
    this.reader = reader;
    this.accesses = accesses;
  }

  EntryTable.IdlePage page(ReadSession session, long unusedSinceMillis, long afterRowId, int limit)
      throws SQLException {
    var idleRowIds = new ArrayList<Long>();
    long lastRowId = afterRowId;
    int seen = 0;
    PreparedStatement statement = session.statement(sample);
    statement.setLong(1, afterRowId + 1);
    statement.setInt(2, limit);
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        seen++;
        lastRowId = row.getLong(1);
        if (accesses.lastAccessAtMillis(lastRowId, row.getLong(2)) <= unusedSinceMillis) {
          idleRowIds.add(lastRowId);
        }
      }
    }
    List<StoredEntry> idle = new ArrayList<>(idleRowIds.size());
    for (long rowId : idleRowIds) {
      idle.addAll(reader.at(session, rowId));
    }
    return new EntryTable.IdlePage(idle, lastRowId, seen < limit);
  }
}
