package io.holdfast.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** All caches of a file as {@link FileQuota} draws from them: open ones, and those nobody opened here. */
final class CacheShares implements FileQuota.Source {
  private static final String TALLIES = """
      SELECT cache_id, entries, payload_bytes FROM tally
      """;

  private final Writer writer;
  private final LongSupplier clockMillis;
  private final Map<Long, SqliteEntryTable> open = new ConcurrentHashMap<>();
  private final Map<Long, Closed> unopened = new ConcurrentHashMap<>();

  CacheShares(Writer writer, LongSupplier clockMillis) {
    this.writer = writer;
    this.clockMillis = clockMillis;
  }

  void opened(SqliteEntryTable table) {
    open.put(table.cacheId(), table);
    unopened.remove(table.cacheId());
  }

  void dropped(SqliteEntryTable table) {
    open.remove(table.cacheId());
  }

  @Override
  public List<CacheShare> read() throws SQLException {
    var shares = new ArrayList<CacheShare>();
    try (ResultSet row = writer.statement(TALLIES).executeQuery()) {
      while (row.next()) {
        shares.add(share(row.getLong(1), new Tally.Totals(row.getLong(2), row.getLong(3))));
      }
    }
    return shares;
  }

  private CacheShare share(long cacheId, Tally.Totals totals) {
    SqliteEntryTable table = open.get(cacheId);
    long nowMillis = clockMillis.getAsLong();
    if (table != null) {
      return new CacheShare(table.eviction(), table.tally(), table, totals, nowMillis);
    }
    Closed closed = unopened.computeIfAbsent(cacheId, this::closed);
    return new CacheShare(closed.eviction(), closed.tally(), null, totals, nowMillis);
  }

  /** What evicting from a cache needs that nobody opened here. */
  private record Closed(Eviction eviction, Tally tally) {}

  private Closed closed(long cacheId) {
    var rows = new EntryWriter(writer, new EntrySql(cacheId));
    return new Closed(new Eviction(rows, new AccessBuffer()), new Tally(writer, cacheId));
  }
}
