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

  /** How a failure says that the cache is not there. */
  static final String MISSING = "the cache has no tally row";

  private static final String SKIP_VERSIONS = """
      UPDATE tally SET version_limit = max(version_limit, ?) WHERE cache_id = ?
      """;

  private final long cacheId;
  private final Writer writer;
  private long stampedAtMillis = Long.MIN_VALUE;
  private Totals latest = Totals.NONE;
  private long latestIsOfTransaction;

  /** The counters at one moment. */
  record Totals(long entries, long payloadBytes) {
    static final Totals NONE = new Totals(0, 0);
  }

  Tally(Writer writer, long cacheId) {
    this.writer = writer;
    this.cacheId = cacheId;
  }

  long cacheId() {
    return cacheId;
  }

  /**
   * Adds to the counters.
   *
   * @param committed the counters before this transaction; an earlier change in the same one counts
   */
  Totals add(Totals committed, long entries, long payloadBytes, long nowMillis)
      throws SQLException {
    Totals known = latestIsOfTransaction == writer.transaction() ? latest : committed;
    latest = add(known, entries, payloadBytes, nowMillis, stampIsFresh(nowMillis));
    latestIsOfTransaction = writer.transaction();
    return latest;
  }

  private boolean stampIsFresh(long nowMillis) {
    return nowMillis >= stampedAtMillis && nowMillis - stampedAtMillis < STAMP_MILLIS;
  }

  private Totals add(
      Totals known, long entries, long payloadBytes, long nowMillis, boolean stampIsFresh)
      throws SQLException {
    if (entries == 0 && payloadBytes == 0 && stampIsFresh) {
      return known;
    }
    stampedAtMillis = nowMillis;
    PreparedStatement statement = writer.statement(ADD);
    statement.setLong(1, entries);
    statement.setLong(2, payloadBytes);
    statement.setLong(3, nowMillis);
    statement.setLong(4, cacheId);
    return totals(statement);
  }

  void reset(long nowMillis) throws SQLException {
    PreparedStatement statement = writer.statement(RESET);
    statement.setLong(1, nowMillis);
    statement.setLong(2, cacheId);
    statement.executeUpdate();
  }

  /** Inside a transaction. */
  Totals read() throws SQLException {
    return read(writer.statement(READ));
  }

  /** As the file has them now. */
  Totals read(ReadSession session) throws SQLException {
    return read(session.statement(READ));
  }

  private Totals read(PreparedStatement statement) throws SQLException {
    statement.setLong(1, cacheId);
    return totals(statement);
  }

  private static Totals totals(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? new Totals(row.getLong(1), row.getLong(2)) : Totals.NONE;
    }
  }

  /** Makes all later blocks begin above this version. */
  void skipVersions(long upTo) throws SQLException {
    PreparedStatement statement = writer.statement(SKIP_VERSIONS);
    statement.setLong(1, upTo);
    statement.setLong(2, cacheId);
    statement.executeUpdate();
  }

  /** Reserves a block of versions and returns its last. */
  long reserveVersions(int count) throws SQLException {
    PreparedStatement statement = writer.statement(RESERVE_VERSIONS);
    statement.setInt(1, count);
    statement.setLong(2, cacheId);
    try (ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new SQLException(MISSING);
      }
      return row.getLong(1);
    }
  }
}
