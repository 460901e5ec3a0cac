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
import org.sqlite.SQLiteConfig;

/** One table; for each thread prepared statements on a connection to read and one to write. */
final class HandWrittenSqlite implements BulkStore {

  private final String url;
  private final Form form;
  private final Queue<Connection> opened = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<PreparedStatement> select =
      ThreadLocal.withInitial(this::prepareSelect);
  private final ThreadLocal<PreparedStatement> upsert =
      ThreadLocal.withInitial(this::prepareUpsert);

  /** How it is written. */
  enum Form {
    /** With the defaults of SQLite and of its driver. */
    PLAIN("CREATE TABLE entry (key TEXT PRIMARY KEY, value TEXT)"),
    /** As that, and each thread reads in one transaction that never ends. */
    PINNED(PLAIN.table),
    /** With all that makes an upsert cheap. Two keys with one hash it would take for the same. */
    TUNED("CREATE TABLE entry (hash INTEGER PRIMARY KEY, key TEXT, value TEXT)");

    private final String table;

    Form(String table) {
      this.table = table;
    }
  }

  HandWrittenSqlite(Path directory, Form form) throws SQLException {
    this.form = form;
    url = "jdbc:sqlite:" + directory.resolve("by-hand.db");
    try (Connection first = DriverManager.getConnection(url);
        Statement statement = first.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute(form.table);
    }
  }

  private PreparedStatement prepareSelect() {
    try {
      Connection connection = connect();
      connection.setAutoCommit(form != Form.PINNED);
      return connection.prepareStatement(
          form == Form.TUNED
              ? "SELECT value FROM entry WHERE hash = ?"
              : "SELECT value FROM entry WHERE key = ?");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read " + url, e);
    }
  }

  private PreparedStatement prepareUpsert() {
    try {
      return connect()
          .prepareStatement(
              form == Form.TUNED
                  ? "INSERT INTO entry (value, hash, key) VALUES (?, ?, ?)"
                      + " ON CONFLICT (hash) DO UPDATE SET value = excluded.value"
                  : "INSERT INTO entry (value, key) VALUES (?, ?)"
                      + " ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write " + url, e);
    }
  }

  private Connection connect() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(10_000);
    if (form == Form.TUNED) {
      // Else the driver asks for the key of a row that was inserted, which none is.
      config.setGetGeneratedKeys(false);
      config.setCacheSize(-65_536);
    }
    Connection connection = config.createConnection(url);
    opened.add(connection);
    if (form == Form.TUNED) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA wal_autocheckpoint = 10000");
      }
    }
    return connection;
  }

  private void bindKey(PreparedStatement statement, int parameter, String key) throws SQLException {
    if (form == Form.TUNED) {
      statement.setLong(parameter, hash(key));
    } else {
      statement.setString(parameter, key);
    }
  }

  private static long hash(String key) {
    long hash = 0;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 32;
    }
    return hash;
  }

  @Override
  public @Nullable String get(String key) throws SQLException {
    PreparedStatement statement = select.get();
    bindKey(statement, 1, key);
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  @Override
  public void put(String key, String value) throws SQLException {
    PreparedStatement statement = upsert.get();
    statement.setString(1, value);
    bindKey(statement, 2, key);
    if (form == Form.TUNED) {
      statement.setString(3, key);
    }
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
