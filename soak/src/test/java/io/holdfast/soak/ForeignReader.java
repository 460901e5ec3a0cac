package io.holdfast.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Somebody with a SQLite shell: reads what processes write, without any code of ours. */
final class ForeignReader {
  private final Path file;
  private final Board board;
  private final Findings findings;

  ForeignReader(Path file, Board board, Findings findings) {
    this.file = file;
    this.board = board;
    this.findings = findings;
  }

  private static Connection connect(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 60000");
    }
    return connection;
  }

  /** Holds every row of the file against the board; the number of rows. */
  long scan() throws SQLException {
    Before before = new Before();
    try (Connection connection = connect(file)) {
      return scan(connection, before);
    }
  }

  /** Copies the file while it is written to, checks and scans the copy, and deletes it. */
  long backup() throws Exception {
    Path copy = file.resolveSibling("backup.db");
    Before before = new Before();
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM INTO '" + copy.toString().replace("'", "''") + "'");
    }
    try (Connection connection = connect(copy)) {
      integrity(connection);
      return scan(connection, before);
    } finally {
      Files.delete(copy);
    }
  }

  void checkIntegrity() throws SQLException {
    try (Connection connection = connect(file)) {
      integrity(connection);
    }
  }

  private void integrity(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
      while (rows.next()) {
        if (!rows.getString(1).equals("ok")) {
          findings.report("integrity_check: " + rows.getString(1));
        }
      }
    }
  }

  /** What was acknowledged of every key before a snapshot. */
  private final class Before {
    private final Map<Area, long[]> acknowledged = new HashMap<>();

    Before() {
      for (Area area : Area.values()) {
        Ledger ledger = board.ledger(area);
        long[] numbers = new long[area.keys];
        for (int key = 0; key < area.keys; key++) {
          numbers[key] = ledger.acknowledged(key);
        }
        acknowledged.put(area, numbers);
      }
    }

    Window window(Area area, int key) {
      return new Window(acknowledged.get(area)[key], board.ledger(area).started(key));
    }
  }

  private long scan(Connection connection, Before before) throws SQLException {
    connection.setAutoCommit(false);
    long rows = entries(connection, before) + limited(connection, before);
    rows += counters(connection, before);
    tallies(connection);
    connection.rollback();
    return rows;
  }

  private long entries(Connection connection, Before before) throws SQLException {
    Map<Integer, String> found = texts(connection, Area.ENTRIES);
    for (int key = 0; key < Area.ENTRIES.keys; key++) {
      Window window = before.window(Area.ENTRIES, key);
      OptionalLong sequence = SoakValue.sequenceOf(key, found.get(key));
      if (!window.admits(sequence)) {
        findings.report("in the file, key " + key + " of entries: "
            + (sequence.isPresent() ? "write " + sequence.getAsLong() : "nothing") + " is there, "
            + window.acknowledged() + " was acknowledged, " + window.started() + " begun");
      }
    }
    return found.size();
  }

  private long limited(Connection connection, Before before) throws SQLException {
    Map<Integer, String> found = texts(connection, Area.LIMITED);
    found.forEach((key, value) -> {
      if (!before.window(Area.LIMITED, key).admits(SoakValue.sequenceOf(key, value))) {
        findings.report("in the file, key " + key + " of limited is not the newest");
      }
    });
    if (found.size() > LimitedActivity.MAX_ENTRIES) {
      findings.report("limited holds " + found.size() + " entries, " + LimitedActivity.MAX_ENTRIES
          + " are its limit");
    }
    return found.size();
  }

  private static Map<Integer, String> texts(Connection connection, Area area) throws SQLException {
    Map<Integer, String> found = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT key, value FROM \"cache_" + area.cacheName + "\"")) {
      while (rows.next()) {
        found.put(rows.getInt(1), rows.getString(2));
      }
    }
    return found;
  }

  private long counters(Connection connection, Before before) throws SQLException {
    Map<Integer, Long> found = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT key, value FROM \"cache_counters\"")) {
      while (rows.next()) {
        found.put(rows.getInt(1), rows.getLong(2));
      }
    }
    for (int key = 0; key < Area.COUNTERS.keys; key++) {
      Window window = before.window(Area.COUNTERS, key);
      long count = found.getOrDefault(key, 0L);
      if (count < window.acknowledged() || count > window.started()) {
        findings.report("in the file, counter " + key + " is " + count + ", "
            + window.acknowledged() + " increments were acknowledged, " + window.started()
            + " begun");
      }
    }
    return found.size();
  }

  /** The counts that the file keeps must be those of its rows, at any moment. */
  private void tallies(Connection connection) throws SQLException {
    try (Statement caches = connection.createStatement();
        Statement counts = connection.createStatement();
        ResultSet each = caches.executeQuery(
            "SELECT id, name, entries FROM cache JOIN tally ON cache_id = id")) {
      while (each.next()) {
        try (ResultSet count =
            counts.executeQuery("SELECT count(*) FROM entry_" + each.getInt("id"))) {
          if (count.getLong(1) != each.getLong("entries")) {
            findings.report("the tally of " + each.getString("name") + " says "
                + each.getLong("entries") + " entries, there are " + count.getLong(1));
          }
        }
      }
    }
  }
}
