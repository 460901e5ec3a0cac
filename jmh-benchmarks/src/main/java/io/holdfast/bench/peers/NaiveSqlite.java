package io.holdfast.bench.peers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A table with a text key on one connection with the driver's defaults, a new statement for each call. */
final class NaiveSqlite implements TextStore {
  private final Connection connection;

  NaiveSqlite(Path directory) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("naive.db"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE entry (key TEXT PRIMARY KEY, value TEXT)");
    }
    // Until it is filled.
    connection.setAutoCommit(false);
  }

  @Override
  public synchronized @Nullable String get(String key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT value FROM entry WHERE key = ?")) {
      select.setString(1, key);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }

  @Override
  public synchronized void put(String key, String value) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement("INSERT OR REPLACE INTO entry VALUES (?, ?)")) {
      upsert.setString(1, key);
      upsert.setString(2, value);
      upsert.executeUpdate();
    }
  }

  @Override
  public synchronized void filled() throws SQLException {
    connection.setAutoCommit(true);
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }
}
