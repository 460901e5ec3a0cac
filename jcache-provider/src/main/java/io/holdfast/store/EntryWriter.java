package io.holdfast.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.CorePreparedStatement;

/** The writing statements of one cache, prepared once. Used inside a transaction of the {@link Writer}. */
final class EntryWriter {
  private static final String END_LEASE = """
      DELETE FROM lease WHERE cache_id = ? AND row_id = ? AND token = ?
      """;
  private static final String END_LEASES = """
      DELETE FROM lease WHERE cache_id = ?
      """;

  private final Writer writer;
  private final long cacheId;
  private final String probe;
  private final String find;
  private final String insert;
  private final String update;
  private final String touch;
  private final String recast;
  private final String rename;
  private final String delete;
  private final String deleteAccess;
  private final String sample;
  private final String oversized;
  private final String noteAccess;
  private final String noteFirstAccess;
  private final String clear;
  private final String clearAccess;

  EntryWriter(Writer writer, EntrySql sql) {
    this.writer = writer;
    this.cacheId = sql.cacheId();
    probe = sql.probe();
    find = sql.find();
    insert = sql.insert();
    update = sql.update();
    touch = sql.touch();
    recast = sql.recast();
    rename = sql.rename();
    delete = sql.delete();
    deleteAccess = sql.deleteAccess();
    sample = sql.sample();
    oversized = sql.oversized();
    noteAccess = sql.noteAccess();
    noteFirstAccess = sql.noteFirstAccess();
    clear = sql.clear();
    clearAccess = sql.clearAccess();
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
  record Candidate(long rowId, long lastAccessAtMillis, long hits, long payloadBytes) {}

  /** The rows of a bucket, in the order of their slots. */
  List<Present> probe(Bucket bucket) throws SQLException {
    PreparedStatement statement = writer.statement(probe);
    return CoreFind.IS_POSSIBLE && statement instanceof CorePreparedStatement core
        ? CoreFind.probe(core, bucket)
        : probe(statement, bucket);
  }

  /** The same for any driver. */
  static List<Present> probe(PreparedStatement statement, Bucket bucket) throws SQLException {
    statement.setLong(1, bucket.first());
    statement.setLong(2, bucket.last());
    var rows = new ArrayList<Present>(1);
    try (ResultSet row = statement.executeQuery()) {
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
    PreparedStatement statement = writer.statement(insert);
    bindValue(statement, put, createdAtMillis, payloadBytes);
    statement.setLong(6, rowId);
    Columns.bind(statement, 7, put.key().column());
    statement.executeUpdate();
    writer.journal().row(cacheId, rowId);
  }

  void update(long rowId, Change.Put put, long createdAtMillis, long payloadBytes)
      throws SQLException {
    PreparedStatement statement = writer.statement(update);
    bindValue(statement, put, createdAtMillis, payloadBytes);
    statement.setLong(6, rowId);
    statement.executeUpdate();
    writer.journal().row(cacheId, rowId);
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
    PreparedStatement statement = writer.statement(touch);
    bindExpiry(statement, 1, expiresAtMillis);
    statement.setLong(2, rowId);
    statement.executeUpdate();
    writer.journal().row(cacheId, rowId);
  }

  /** Writes a value in another way; whoever holds a copy of the row may keep it. */
  void recast(long rowId, Cell value, long payloadBytes) throws SQLException {
    PreparedStatement statement = writer.statement(recast);
    statement.setLong(1, payloadBytes);
    Columns.bind(statement, 2, value);
    statement.setLong(3, rowId);
    statement.executeUpdate();
    writer.journal().wroteNoRow();
  }

  /** Writes an equal key in another way. */
  void rename(long rowId, Cell key) throws SQLException {
    PreparedStatement statement = writer.statement(rename);
    Columns.bind(statement, 1, key);
    statement.setLong(2, rowId);
    statement.executeUpdate();
  }

  void delete(long rowId) throws SQLException {
    for (String sql : List.of(delete, deleteAccess)) {
      PreparedStatement statement = writer.statement(sql);
      statement.setLong(1, rowId);
      statement.executeUpdate();
    }
    writer.journal().row(cacheId, rowId);
  }

  /** Deletes the row and returns what it held. */
  @Nullable
  StoredEntry take(long rowId) throws SQLException {
    StoredEntry entry = null;
    PreparedStatement statement = writer.statement(find);
    statement.setLong(1, rowId);
    statement.setLong(2, rowId);
    try (ResultSet row = statement.executeQuery()) {
      if (row.next()) {
        entry = EntryReader.entryAt(row);
      }
    }
    if (entry != null) {
      delete(rowId);
    }
    return entry;
  }

  /** Deletes rows whose key and value have more bytes, unread; what they counted for. */
  Tally.Totals deleteOversized(long maxBytes) throws SQLException {
    PreparedStatement statement = writer.statement(oversized);
    statement.setLong(1, maxBytes);
    var rowIds = new ArrayList<Long>();
    long payloadBytes = 0;
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rowIds.add(row.getLong(1));
        payloadBytes += row.getLong(2);
      }
    }
    for (long rowId : rowIds) {
      delete(rowId);
    }
    return new Tally.Totals(rowIds.size(), payloadBytes);
  }

  List<Candidate> sample(long fromRowId, int limit) throws SQLException {
    PreparedStatement statement = writer.statement(sample);
    statement.setLong(1, fromRowId);
    statement.setInt(2, limit);
    var candidates = new ArrayList<Candidate>(limit);
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        candidates.add(
            new Candidate(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
      }
    }
    return candidates;
  }

  // Nearly every row has been read before: its entry,
  // in a much larger table, need not be looked up.
  void noteAccess(AccessBuffer.Access access) throws SQLException {
    if (!noteAccess(noteAccess, access)) {
      noteAccess(noteFirstAccess, access);
    }
  }

  private boolean noteAccess(String sql, AccessBuffer.Access access) throws SQLException {
    PreparedStatement statement = writer.statement(sql);
    statement.setLong(1, access.lastAccessAtMillis());
    statement.setLong(2, access.hits());
    statement.setLong(3, access.rowId());
    return statement.executeUpdate() > 0;
  }

  /** Ends a lease; false if it is not that of this token's holder. */
  boolean endLease(Bucket bucket, long token) throws SQLException {
    PreparedStatement statement = writer.statement(END_LEASE);
    statement.setLong(1, cacheId);
    statement.setLong(2, bucket.first());
    statement.setLong(3, token);
    return statement.executeUpdate() > 0;
  }

  /** Deletes all rows, and ends all leases: what is being computed was asked for before. */
  void clear() throws SQLException {
    writer.statement(clear).executeUpdate();
    writer.statement(clearAccess).executeUpdate();
    PreparedStatement endLeases = writer.statement(END_LEASES);
    endLeases.setLong(1, cacheId);
    endLeases.executeUpdate();
    writer.journal().wholeCache(cacheId);
  }
}
