package io.holdfast.store;

import io.holdfast.store.CacheFile.CacheSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code cache} table, and the tables and view that belong to each of its rows. */
final class CacheCatalog {
  private static final String FIND = """
      SELECT id, name, key_format, value_format, coalesce(max_entries, 9223372036854775807),
             coalesce(max_bytes, 9223372036854775807), view_name
      FROM cache WHERE name = ?
      """;
  private static final String INSERT = """
      INSERT INTO cache (name, key_format, value_format, max_entries, max_bytes, view_name, created_at_ms)
      VALUES (?, ?, ?, ?, ?, '', ?) RETURNING id
      """;
  private static final String NAME_VIEW = """
      UPDATE cache SET view_name = ? WHERE id = ?
      """;
  private static final String REDEFINE = """
      UPDATE cache SET key_format = ?, value_format = ?, max_entries = ?, max_bytes = ? WHERE id = ?
      """;
  private static final String INSERT_TALLY = """
      INSERT INTO tally (cache_id) VALUES (?)
      """;
  private static final String VIEWS = """
      SELECT id, view_name FROM cache ORDER BY id
      """;
  private static final String DELETE = """
      DELETE FROM cache WHERE id = ?
      """;
  private static final String DELETE_TALLY = """
      DELETE FROM tally WHERE cache_id = ?
      """;
  private static final String DELETE_LEASES = """
      DELETE FROM lease WHERE cache_id = ?
      """;
  private static final String NAME_IS_TAKEN = """
      SELECT count(*) FROM sqlite_schema WHERE name = ? COLLATE NOCASE
      """;
  private static final String SUMMARIES = """
      SELECT c.name, c.key_format, c.value_format, t.entries, t.payload_bytes, c.created_at_ms, t.last_write_at_ms
      FROM cache AS c JOIN tally AS t ON t.cache_id = c.id ORDER BY c.id
      """;

  private final Connection connection;
  private final CommitJournal journal;

  CacheCatalog(Writer writer) {
    this.connection = writer.connection();
    this.journal = writer.journal();
  }

  /** A row of the table. */
  record Row(long id, CacheDefinition definition, String viewName) {}

  @Nullable
  Row find(String cacheName) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, cacheName);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        CacheDefinition definition = new CacheDefinition(
            row.getString(2),
            row.getString(3),
            row.getString(4),
            limit(row.getLong(5)),
            limit(row.getLong(6)));
        return new Row(row.getLong(1), definition, row.getString(7));
      }
    }
  }

  // A limit that nobody could have set is none; the next opening writes a true one.
  private static long limit(long stored) {
    return stored < 1 ? Long.MAX_VALUE : stored;
  }

  Row create(CacheDefinition definition, long nowMillis) throws SQLException {
    long id;
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, definition.name());
      bindFormat(statement, 2, definition);
      statement.setLong(6, nowMillis);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        id = row.getLong(1);
      }
    }
    String viewName = freeViewName(definition.name(), id);
    try (PreparedStatement statement = connection.prepareStatement(NAME_VIEW)) {
      statement.setString(1, viewName);
      statement.setLong(2, id);
      statement.executeUpdate();
    }
    update(INSERT_TALLY, id);
    for (String ddl : new EntrySql(id).create(quoted(viewName))) {
      Pragmas.run(connection, ddl);
    }
    return new Row(id, definition, viewName);
  }

  // What a person types in the shell: the cache's name, unless it cannot be one.
  private String freeViewName(String cacheName, long id) throws SQLException {
    String wanted = "cache_" + cacheName;
    boolean printable = cacheName.codePoints().noneMatch(Character::isISOControl);
    if (!printable || isTaken(wanted)) {
      return "view_" + id;
    }
    return wanted;
  }

  private boolean isTaken(String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NAME_IS_TAKEN)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getLong(1) > 0;
      }
    }
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** Makes all views anew, after their text has changed. */
  static void replaceViews(Connection connection) throws SQLException {
    var ddl = new ArrayList<String>();
    try (PreparedStatement statement = connection.prepareStatement(VIEWS);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        ddl.addAll(new EntrySql(row.getLong(1)).replaceView(quoted(row.getString(2))));
      }
    }
    for (String statement : ddl) {
      Pragmas.run(connection, statement);
    }
  }

  void redefine(long id, CacheDefinition definition) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REDEFINE)) {
      bindFormat(statement, 1, definition);
      statement.setLong(5, id);
      statement.executeUpdate();
    }
  }

  private static void bindFormat(PreparedStatement statement, int first, CacheDefinition definition)
      throws SQLException {
    statement.setString(first, definition.keyFormat());
    statement.setString(first + 1, definition.valueFormat());
    bindLimit(statement, first + 2, definition.maxEntries());
    bindLimit(statement, first + 3, definition.maxBytes());
  }

  private static void bindLimit(PreparedStatement statement, int parameter, long limit)
      throws SQLException {
    if (limit == Long.MAX_VALUE) {
      statement.setNull(parameter, java.sql.Types.INTEGER);
    } else {
      statement.setLong(parameter, limit);
    }
  }

  /** Deletes the cache with its rows and its state. */
  void drop(Row cache) throws SQLException {
    dropRows(cache);
    try (PreparedStatement statement = connection.prepareStatement(SqliteStateTable.DELETE_ALL)) {
      statement.setString(1, cache.definition().name());
      statement.executeUpdate();
    }
  }

  /** Deletes the cache with its rows; the state of its serialisers stays. */
  void dropRows(Row cache) throws SQLException {
    for (String ddl : new EntrySql(cache.id()).drop(quoted(cache.viewName()))) {
      Pragmas.run(connection, ddl);
    }
    journal.wholeCache(cache.id());
    update(DELETE_TALLY, cache.id());
    update(DELETE_LEASES, cache.id());
    update(DELETE, cache.id());
  }

  private void update(String sql, long id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, id);
      statement.executeUpdate();
    }
  }

  static List<CacheSummary> summaries(ReadSession session) throws SQLException {
    var summaries = new ArrayList<CacheSummary>();
    try (ResultSet row = session.statement(SUMMARIES).executeQuery()) {
      while (row.next()) {
        summaries.add(new CacheSummary(
            row.getString(1),
            row.getString(2),
            row.getString(3),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            row.getLong(7)));
      }
    }
    return summaries;
  }
}
