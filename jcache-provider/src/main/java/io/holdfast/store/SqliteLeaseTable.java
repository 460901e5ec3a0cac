package io.holdfast.store;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The {@code lease} table for one cache. By its name, as another process may drop and create it. */
final class SqliteLeaseTable implements LeaseTable {
  // What a killed holder leaves goes with the next lease that anybody takes after this time.
  private static final long FORGOTTEN_AFTER_MILLIS = TimeUnit.HOURS.toMillis(1);

  private static final String FIND = """
      SELECT token, expires_at_ms FROM lease
      WHERE cache_id = (SELECT id FROM cache WHERE name = ?) AND row_id = ?
      """;
  // From the same numbers as versions, which are rising and never given twice.
  private static final String NEXT_TOKEN = """
      UPDATE tally SET version_limit = version_limit + 1
      WHERE cache_id = (SELECT id FROM cache WHERE name = ?) RETURNING version_limit
      """;
  private static final String ACQUIRE = """
      INSERT INTO lease (cache_id, row_id, token, expires_at_ms)
      SELECT id, ?, ?, ? FROM cache WHERE name = ?
      ON CONFLICT (cache_id, row_id) DO UPDATE SET token = excluded.token, expires_at_ms = excluded.expires_at_ms
      WHERE lease.expires_at_ms <= ?
      """;
  private static final String FORGET = """
      DELETE FROM lease WHERE expires_at_ms <= ?
      """;
  private static final String RELEASE = """
      DELETE FROM lease WHERE cache_id = (SELECT id FROM cache WHERE name = ?) AND row_id = ? AND token = ?
      """;

  private final Path file;
  private final Writer writer;
  private final Readers readers;
  private final KeyHasher hasher;
  private final LongSupplier clockMillis;
  private final LeaseHeartbeat heartbeat;
  private final String cacheName;

  SqliteLeaseTable(
      Path file,
      Writer writer,
      Readers readers,
      KeyHasher hasher,
      LongSupplier clockMillis,
      LeaseHeartbeat heartbeat,
      String cacheName) {
    this.file = file;
    this.writer = writer;
    this.readers = readers;
    this.hasher = hasher;
    this.clockMillis = clockMillis;
    this.heartbeat = heartbeat;
    this.cacheName = cacheName;
  }

  private record Present(long token, long expiresAtMillis) {
    static final Present NONE = new Present(-1, Long.MIN_VALUE);
  }

  @Override
  public OptionalLong tryAcquire(StoredKey key, long leaseMillis) {
    long rowId = rowId(key);
    if (find(rowId).expiresAtMillis() > clockMillis.getAsLong()) {
      return OptionalLong.empty();
    }
    Long token = writer.transactTogether(
        "acquire a lease", () -> acquire(rowId, leaseMillis), acquired -> {});
    return token == null ? OptionalLong.empty() : OptionalLong.of(token);
  }

  // Null if another process was faster.
  private @Nullable Long acquire(long rowId, long leaseMillis) throws SQLException {
    long nowMillis = clockMillis.getAsLong();
    PreparedStatement forget = writer.statement(FORGET);
    forget.setLong(1, nowMillis - FORGOTTEN_AFTER_MILLIS);
    forget.executeUpdate();
    long token = nextToken();
    PreparedStatement statement = writer.statement(ACQUIRE);
    statement.setLong(1, rowId);
    statement.setLong(2, token);
    statement.setLong(3, nowMillis + leaseMillis);
    statement.setString(4, cacheName);
    statement.setLong(5, nowMillis);
    if (statement.executeUpdate() == 0) {
      return null;
    }
    writer.journal().wroteNoRow();
    return token;
  }

  private long nextToken() throws SQLException {
    PreparedStatement statement = writer.statement(NEXT_TOKEN);
    statement.setString(1, cacheName);
    try (ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new CacheGoneException(cacheName, file);
      }
      return row.getLong(1);
    }
  }

  private Present find(long rowId) {
    return readers.read("read a lease", session -> {
      PreparedStatement statement = session.statement(FIND);
      statement.setString(1, cacheName);
      statement.setLong(2, rowId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? new Present(row.getLong(1), row.getLong(2)) : Present.NONE;
      }
    });
  }

  @Override
  public boolean isHeld(StoredKey key, long token) {
    return find(rowId(key)).token() == token;
  }

  @Override
  public void keep(StoredKey key, long token, long leaseMillis) {
    heartbeat.keep(new LeaseHeartbeat.Lease(cacheName, rowId(key), token, leaseMillis));
  }

  @Override
  public void forget(StoredKey key, long token) {
    heartbeat.forget(cacheName, rowId(key), token);
  }

  @Override
  public void release(StoredKey key, long token) {
    forget(key, token);
    writer.transactTogether("release a lease", () -> release(rowId(key), token), released -> {});
  }

  private @Nullable Boolean release(long rowId, long token) throws SQLException {
    PreparedStatement statement = writer.statement(RELEASE);
    statement.setString(1, cacheName);
    statement.setLong(2, rowId);
    statement.setLong(3, token);
    writer.journal().wroteNoRow();
    return statement.executeUpdate() > 0 ? Boolean.TRUE : null;
  }

  private long rowId(StoredKey key) {
    return Bucket.of(hasher.hash(key)).first();
  }
}
