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
  /** The file may be so much larger than its limit: documented are 5 % within one process. */
  private static final double QUOTA_TOLERANCE = 1.1;

  private final SoakFile kind;
  private final Path file;
  private final Board board;
  private final Findings findings;

  ForeignReader(SoakFile kind, Path directory, Board board, Findings findings) {
    this.kind = kind;
    this.file = kind.in(directory);
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

  /** Holds every row of the file against the board, while others work; the number of rows. */
  long scan() throws SQLException {
    return scan(file, new Before(), /* isAtRest= */ false);
  }

  /** The same when nobody works any more. */
  long scanAtRest() throws SQLException {
    return scan(file, new Before(), /* isAtRest= */ true);
  }

  /** Copies the file while it is written to, checks and scans the copy, and deletes it. */
  long backup() throws Exception {
    return backup(copy -> {
      try (Connection connection = connect(file);
          Statement statement = connection.createStatement()) {
        statement.execute("VACUUM INTO '" + copy.toString().replace("'", "''") + "'");
      }
    });
  }

  /** The same, but somebody else copies. */
  long backup(Copying copying) throws Exception {
    Path copy = file.resolveSibling("backup-" + file.getFileName());
    Before before = new Before();
    copying.to(copy);
    try {
      try (Connection connection = connect(copy)) {
        integrity(connection);
      }
      return scan(copy, before, /* isAtRest= */ false);
    } finally {
      Files.delete(copy);
    }
  }

  /** Makes a copy where nothing is. */
  @FunctionalInterface
  interface Copying {
    void to(Path copy) throws Exception;
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

  private long scan(Path scanned, Before before, boolean isAtRest) throws SQLException {
    try (Connection connection = connect(scanned)) {
      connection.setAutoCommit(false);
      long rows = 0;
      for (Area area : Area.of(kind, Area.InFile.EXACT)) {
        rows += exact(connection, area, before);
      }
      for (Area area : Area.of(kind, Area.InFile.EXACT_AT_REST)) {
        rows += isAtRest ? exact(connection, area, before) : everPut(connection, area);
      }
      for (Area area : Area.of(kind, Area.InFile.NEWEST_OR_ABSENT)) {
        rows += newest(connection, area, before);
      }
      if (kind == SoakFile.NORMAL) {
        rows += counters(connection, before);
      }
      tallies(connection);
      size(connection);
      connection.rollback();
      return rows;
    }
  }

  private long exact(Connection connection, Area area, Before before) throws SQLException {
    Map<Integer, String> found = texts(connection, area);
    for (int key = 0; key < area.keys; key++) {
      Window window = before.window(area, key);
      OptionalLong sequence = SoakValue.sequenceOf(key, found.get(key));
      if (!window.admits(sequence)) {
        findings.report(name(area, key) + ": "
            + (sequence.isPresent() ? "write " + sequence.getAsLong() : "nothing") + " is there, "
            + window.acknowledged() + " was acknowledged, " + window.started() + " begun");
      }
    }
    return found.size();
  }

  private long newest(Connection connection, Area area, Before before) throws SQLException {
    Map<Integer, String> found = texts(connection, area);
    found.forEach((key, value) -> {
      if (!before.window(area, key).admits(SoakValue.sequenceOf(key, value))) {
        findings.report(name(area, key) + " is not the newest");
      }
    });
    if (area == Area.LIMITED && found.size() > SoakCaches.LIMITED_ENTRIES) {
      findings.report("limited holds " + found.size() + " entries, " + SoakCaches.LIMITED_ENTRIES
          + " are its limit");
    }
    return found.size();
  }

  private long everPut(Connection connection, Area area) throws SQLException {
    Map<Integer, String> found = texts(connection, area);
    found.forEach((key, value) -> {
      if (!new Window(0, board.ledger(area).started(key))
          .admits(SoakValue.sequenceOf(key, value))) {
        findings.report(name(area, key) + " is what nobody has begun to put");
      }
    });
    return found.size();
  }

  private static String name(Area area, int key) {
    return "in the file, key " + key + " of " + area.cacheName;
  }

  private void size(Connection connection) throws SQLException {
    long bytes = number(connection, "PRAGMA page_count") * number(connection, "PRAGMA page_size");
    if (kind == SoakFile.QUOTA && bytes > SoakFile.QUOTA_BYTES * QUOTA_TOLERANCE) {
      findings.report(file.getFileName() + " has " + bytes + " bytes, " + SoakFile.QUOTA_BYTES
          + " are its limit");
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.getLong(1);
    }
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
