package io.holdfast.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The counters of one cache, changed in the transaction that changes its rows: exact after any crash,
 * with no recount at open, and they count the writes of other processes too.
 */
final class Tally {
  // A change that leaves both counters as they are rewrites the row only to move this stamp: once a
  // second is enough.
  private static final long STAMP_MILLIS = 1_000;

  private static final String ADD = """
      UPDATE tally SET entries = entries + ?, payload_bytes = payload_bytes + ?, last_write_at_ms = ?
      WHERE cache_id = ? RETURNING entries, payload_bytes
      """;
  private static final String RESET = """
      UPDATE tally SET entries = 0, payload_bytes = 0, last_write_at_ms = ? WHERE cache_id = ?
      """;
  private static final String READ = """
      SELECT entries, payload_bytes FROM tally WHERE cache_id = ?
      """;
  private static final String RESERVE_VERSIONS = """
      UPDATE tally SET version_limit = version_limit + ? WHERE cache_id = ? RETURNING version_limit
      """;

  private final long cacheId;
  private final PreparedStatement add;
  private final PreparedStatement reset;
  private final PreparedStatement read;
  private final PreparedStatement reserveVersions;
  private long stampedAtMillis = Long.MIN_VALUE;

  /** The counters at one moment. */
  record Totals(long entries, long payloadBytes) {
    static final Totals NONE = new Totals(0, 0);
  }

  Tally(Writer writer, long cacheId) throws SQLException {
    this.cacheId = cacheId;
    add = writer.prepare(ADD);
    reset = writer.prepare(RESET);
    read = writer.prepare(READ);
    reserveVersions = writer.prepare(RESERVE_VERSIONS);
  }

  Totals add(Totals known, long entries, long payloadBytes, long nowMillis) throws SQLException {
    boolean stampIsFresh =
        nowMillis >= stampedAtMillis && nowMillis - stampedAtMillis < STAMP_MILLIS;
    if (entries == 0 && payloadBytes == 0 && stampIsFresh) {
      return known;
    }
    stampedAtMillis = nowMillis;
    add.setLong(1, entries);
    add.setLong(2, payloadBytes);
    add.setLong(3, nowMillis);
    add.setLong(4, cacheId);
    return totals(add);
  }

  void reset(long nowMillis) throws SQLException {
    reset.setLong(1, nowMillis);
    reset.setLong(2, cacheId);
    reset.executeUpdate();
  }

  Totals read() throws SQLException {
    read.setLong(1, cacheId);
    return totals(read);
  }

  private static Totals totals(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? new Totals(row.getLong(1), row.getLong(2)) : Totals.NONE;
    }
  }

  /** Reserves a block of versions and returns its last. */
  long reserveVersions(int count) throws SQLException {
    reserveVersions.setInt(1, count);
    reserveVersions.setLong(2, cacheId);
    try (ResultSet row = reserveVersions.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("the cache has no tally row; another process may have dropped it");
      }
      return row.getLong(1);
    }
  }
}
