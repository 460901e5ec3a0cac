package io.holdfast.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.CorePreparedStatement;

/** The reading statements of one cache. Used under the lock of a {@link ReadSession}. */
final class EntryReader {
  private final String find;
  private final String findWithoutAccess;
  private final String keys;
  private final String page;
  private final String created;
  private final String expired;
  private final String nextExpiry;

  EntryReader(EntrySql sql) {
    find = sql.find();
    findWithoutAccess = sql.findWithoutAccess();
    keys = sql.keys();
    page = sql.page();
    created = sql.created();
    expired = sql.expired();
    nextExpiry = sql.nextExpiry();
  }

  /**
   * The row with exactly this key column, or null.
   *
   * @param withAccess whether to read when it was last accessed; else that is its creation
   */
  @Nullable
  StoredEntry find(ReadSession session, Bucket bucket, Cell key, boolean withAccess)
      throws SQLException {
    PreparedStatement statement = session.statement(withAccess ? find : findWithoutAccess);
    return CoreFind.IS_POSSIBLE && statement instanceof CorePreparedStatement core
        ? CoreFind.find(core, bucket, key)
        : find(statement, bucket, key);
  }

  /** The same for any driver. */
  static @Nullable StoredEntry find(PreparedStatement statement, Bucket bucket, Cell key)
      throws SQLException {
    statement.setLong(1, bucket.first());
    statement.setLong(2, bucket.last());
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        if (key.equals(Columns.read(row, 2))) {
          return entryAt(row, key);
        }
      }
      return null;
    }
  }

  /** All rows of a bucket. */
  List<StoredEntry> all(ReadSession session, Bucket bucket) throws SQLException {
    PreparedStatement statement = session.statement(find);
    statement.setLong(1, bucket.first());
    statement.setLong(2, bucket.last());
    return entries(statement);
  }

  /** The row of this id, if there is one. */
  List<StoredEntry> at(ReadSession session, long rowId) throws SQLException {
    PreparedStatement statement = session.statement(find);
    statement.setLong(1, rowId);
    statement.setLong(2, rowId);
    return entries(statement);
  }

  /** The key columns of a bucket. */
  List<Cell> keys(ReadSession session, Bucket bucket) throws SQLException {
    PreparedStatement statement = session.statement(keys);
    statement.setLong(1, bucket.first());
    statement.setLong(2, bucket.last());
    var found = new ArrayList<Cell>(1);
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        found.add(Columns.read(row, 1));
      }
    }
    return found;
  }

  List<StoredEntry> page(ReadSession session, long afterRowId, int limit) throws SQLException {
    PreparedStatement statement = session.statement(page);
    statement.setLong(1, afterRowId);
    statement.setInt(2, limit);
    return entries(statement);
  }

  List<StoredEntry> created(ReadSession session, long sinceMillis, long afterRowId, int limit)
      throws SQLException {
    PreparedStatement statement = session.statement(created);
    statement.setLong(1, sinceMillis);
    statement.setLong(2, afterRowId);
    statement.setInt(3, limit);
    return entries(statement);
  }

  List<StoredEntry> expired(
      ReadSession session, long nowMillis, @Nullable StoredEntry after, int limit)
      throws SQLException {
    PreparedStatement statement = session.statement(expired);
    statement.setLong(1, nowMillis);
    statement.setLong(2, after == null ? Long.MIN_VALUE : after.expiresAtMillis());
    statement.setLong(3, after == null ? Long.MIN_VALUE : after.rowId());
    statement.setInt(4, limit);
    return entries(statement);
  }

  /** When the first row after this moment expires; {@link StoredEntry#NEVER} if none does. */
  long nextExpiryMillis(ReadSession session, long nowMillis) throws SQLException {
    PreparedStatement statement = session.statement(nextExpiry);
    statement.setLong(1, nowMillis);
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : StoredEntry.NEVER;
    }
  }

  private static List<StoredEntry> entries(PreparedStatement statement) throws SQLException {
    var found = new ArrayList<StoredEntry>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        found.add(entryAt(row));
      }
    }
    return found;
  }

  /** The entry at the cursor, in the column order of {@link EntrySql}. */
  static StoredEntry entryAt(ResultSet row) throws SQLException {
    return entryAt(row, Columns.read(row, 2));
  }

  private static StoredEntry entryAt(ResultSet row, Cell key) throws SQLException {
    long createdAtMillis = row.getLong(4);
    // NULL reads as 0: nothing was heard of since the creation.
    long lastAccessAtMillis = Math.max(createdAtMillis, row.getLong(6));
    return new StoredEntry(
        row.getLong(1),
        key,
        Columns.read(row, 7),
        row.getLong(3),
        createdAtMillis,
        row.getLong(5),
        lastAccessAtMillis);
  }
}
