package io.holdfast.bench.peers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A table with a text key; for each thread prepared statements on a connection to read and one to write. */
final class HandWrittenSqlite implements BulkStore {

  private final String url;
  private final boolean pinned;
  private final Queue<Connection> opened = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<PreparedStatement> select =
      ThreadLocal.withInitial(this::prepareSelect);
  private final ThreadLocal<PreparedStatement> upsert =
      ThreadLocal.withInitial(this::prepareUpsert);

  HandWrittenSqlite(Path directory, boolean pinned) throws SQLException {
    this.pinned = pinned;
    url = "jdbc:sqlite:" + directory.resolve("by-hand.db");
    try (Connection first = DriverManager.getConnection(url);
        Statement statement = first.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("CREATE TABLE entry (key TEXT PRIMARY KEY, value TEXT)");
    }
  }

  private PreparedStatement prepareSelect() {
    try {
      Connection connection = connect();
      connection.setAutoCommit(!pinned);
      return connection.prepareStatement("SELECT value FROM entry WHERE key = ?");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read " + url, e);
    }
  }

  private PreparedStatement prepareUpsert() {
    try {
      return connect()
          .prepareStatement(
              "INSERT INTO entry VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write " + url, e);
    }
  }

  private Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    opened.add(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous = NORMAL");
      statement.execute("PRAGMA busy_timeout = 10000");
    }
    return connection;
  }

  @Override
  public @Nullable String get(String key) throws SQLException {
    PreparedStatement statement = select.get();
    statement.setString(1, key);
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  @Override
  public void put(String key, String value) throws SQLException {
    PreparedStatement statement = upsert.get();
    statement.setString(1, key);
    statement.setString(2, value);
    statement.executeUpdate();
  }

  @Override
  public Map<String, String> getAll(Set<String> keys) throws SQLException {
    var found = new HashMap<String, String>();
    for (String key : keys) {
      String value = get(key);
      if (value != null) {
        found.put(key, value);
      }
    }
    return found;
  }

  @Override
  public void putAll(Map<String, String> entries) throws SQLException {
    PreparedStatement statement = upsert.get();
    Connection connection = statement.getConnection();
    connection.setAutoCommit(false);
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      put(entry.getKey(), entry.getValue());
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : opened) {
      connection.close();
    }
  }
}
