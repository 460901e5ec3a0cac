package io.holdfast.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The writing statements of one cache, prepared once. Used inside a transaction of the {@link Writer}. */
final class EntryWriter {
  private final PreparedStatement probe;
  private final PreparedStatement find;
  private final PreparedStatement insert;
  private final PreparedStatement update;
  private final PreparedStatement touch;
  private final PreparedStatement delete;
  private final PreparedStatement deleteAccess;
  private final PreparedStatement sample;
  private final PreparedStatement noteAccess;
  private final PreparedStatement clear;
  private final PreparedStatement clearAccess;

  EntryWriter(Writer writer, EntrySql sql) throws SQLException {
    probe = writer.prepare(sql.probe());
    find = writer.prepare(sql.find());
    insert = writer.prepare(sql.insert());
    update = writer.prepare(sql.update());
    touch = writer.prepare(sql.touch());
    delete = writer.prepare(sql.delete());
    deleteAccess = writer.prepare(sql.deleteAccess());
    sample = writer.prepare(sql.sample());
    noteAccess = writer.prepare(sql.noteAccess());
    clear = writer.prepare(sql.clear());
    clearAccess = writer.prepare(sql.clearAccess());
  }

  /** What a write needs to know about a row that is there. */
  record Present(
      long rowId,
      Cell key,
      long version,
      long createdAtMillis,
      long expiresAtMillis,
      long payloadBytes) {}

  /** A row that eviction may choose. */
  record Candidate(long rowId, long lastAccessAtMillis, long payloadBytes) {}

  /** The rows of a bucket, in the order of their slots. */
  List<Present> probe(Bucket bucket) throws SQLException {
    probe.setLong(1, bucket.first());
    probe.setLong(2, bucket.last());
    var rows = new ArrayList<Present>(1);
    try (ResultSet row = probe.executeQuery()) {
      while (row.next()) {
        rows.add(new Present(
            row.getLong(1),
            Columns.read(row, 2),
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6)));
      }
    }
    return rows;
  }

  void insert(long rowId, Change.Put put, long createdAtMillis, long payloadBytes)
      throws SQLException {
    bindValue(insert, put, createdAtMillis, payloadBytes);
    insert.setLong(6, rowId);
    Columns.bind(insert, 7, put.key().column());
    insert.executeUpdate();
  }

  void update(long rowId, Change.Put put, long createdAtMillis, long payloadBytes)
      throws SQLException {
    bindValue(update, put, createdAtMillis, payloadBytes);
    update.setLong(6, rowId);
    update.executeUpdate();
  }

  private static void bindValue(
      PreparedStatement statement, Change.Put put, long createdAtMillis, long payloadBytes)
      throws SQLException {
    statement.setLong(1, payloadBytes);
    statement.setLong(2, put.version());
    statement.setLong(3, createdAtMillis);
    bindExpiry(statement, 4, put.expiresAtMillis());
    Columns.bind(statement, 5, put.value());
  }

  private static void bindExpiry(PreparedStatement statement, int parameter, long expiresAtMillis)
      throws SQLException {
    if (expiresAtMillis == StoredEntry.NEVER) {
      statement.setNull(parameter, java.sql.Types.INTEGER);
    } else {
      statement.setLong(parameter, expiresAtMillis);
    }
  }

  void touch(long rowId, long expiresAtMillis) throws SQLException {
    bindExpiry(touch, 1, expiresAtMillis);
    touch.setLong(2, rowId);
    touch.executeUpdate();
  }

  void delete(long rowId) throws SQLException {
    delete.setLong(1, rowId);
    delete.executeUpdate();
    deleteAccess.setLong(1, rowId);
    deleteAccess.executeUpdate();
  }

  /** Deletes the row and returns what it held. */
  @Nullable
  StoredEntry take(long rowId) throws SQLException {
    StoredEntry entry = null;
    find.setLong(1, rowId);
    find.setLong(2, rowId);
    try (ResultSet row = find.executeQuery()) {
      if (row.next()) {
        entry = EntryReader.entryAt(row);
      }
    }
    if (entry != null) {
      delete(rowId);
    }
    return entry;
  }

  List<Candidate> sample(long fromRowId, int limit) throws SQLException {
    sample.setLong(1, fromRowId);
    sample.setInt(2, limit);
    var candidates = new ArrayList<Candidate>(limit);
    try (ResultSet row = sample.executeQuery()) {
      while (row.next()) {
        candidates.add(new Candidate(row.getLong(1), row.getLong(2), row.getLong(3)));
      }
    }
    return candidates;
  }

  void noteAccess(AccessBuffer.Access access) throws SQLException {
    noteAccess.setLong(1, access.lastAccessAtMillis());
    noteAccess.setLong(2, access.hits());
    noteAccess.setLong(3, access.rowId());
    noteAccess.executeUpdate();
  }

  void clear() throws SQLException {
    clear.executeUpdate();
    clearAccess.executeUpdate();
  }
}
