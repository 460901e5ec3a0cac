package io.holdfast.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConnection;

/** Looks for damage: SQLite's own check, then what must hold between our tables. */
final class FileCheck {
  private static final String CACHES = """
      SELECT c.id, c.name, t.entries, t.payload_bytes, t.version_limit
      FROM cache AS c LEFT JOIN tally AS t ON t.cache_id = c.id ORDER BY c.id
      """;
  private static final String ROWS = """
      SELECT count(*), coalesce(sum(payload_bytes), 0), coalesce(max(version), 0), coalesce(min(row_id), 0)
      FROM entry_%1$s
      """;
  private static final String ACCESSES_WITHOUT_ROW = """
      SELECT count(*) FROM access_%1$s AS a WHERE NOT EXISTS (SELECT 1 FROM entry_%1$s AS e WHERE e.row_id = a.row_id)
      """;
  private static final String LEASES_WITHOUT_CACHE = """
      SELECT count(*) FROM lease WHERE cache_id NOT IN (SELECT id FROM cache)
      """;

  private final SQLiteConnection connection;
  private final List<String> findings = new ArrayList<>();

  FileCheck(SQLiteConnection connection) {
    this.connection = connection;
  }

  /** One sentence per finding; none if all is well. */
  List<String> run() throws SQLException {
    Pragmas.run(connection, "BEGIN");
    try {
      checkIntegrity();
      checkCaches();
    } finally {
      Pragmas.run(connection, "COMMIT");
    }
    return List.copyOf(findings);
  }

  private void checkIntegrity() throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA integrity_check(20)")) {
      while (row.next()) {
        if (!"ok".equals(row.getString(1))) {
          findings.add("SQLite: " + row.getString(1));
        }
      }
    }
  }

  private void checkCaches() throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet cache = statement.executeQuery(CACHES)) {
      while (cache.next()) {
        checkRows(cache.getLong(1), "cache " + cache.getString(2), cache);
      }
    }
    expectEqual("leases without a cache", 0, Pragmas.readLong(connection, LEASES_WITHOUT_CACHE));
  }

  private void checkRows(long id, String name, ResultSet tally) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ROWS.formatted(id))) {
      row.next();
      expectEqual(name + ": entries", tally.getLong(3), row.getLong(1));
      expectEqual(name + ": bytes", tally.getLong(4), row.getLong(2));
      if (row.getLong(3) > tally.getLong(5)) {
        findings.add(
            name + ": a row has version " + row.getLong(3) + ", reserved are " + tally.getLong(5));
      }
      if (row.getLong(4) < 0) {
        findings.add(name + ": a row id is negative");
      }
    }
    expectEqual(
        name + ": access times without an entry",
        0,
        Pragmas.readLong(connection, ACCESSES_WITHOUT_ROW.formatted(id)));
  }

  private void expectEqual(String what, long counted, long found) {
    if (counted != found) {
      findings.add(what + ": " + counted + " expected, " + found + " found");
    }
  }
}
