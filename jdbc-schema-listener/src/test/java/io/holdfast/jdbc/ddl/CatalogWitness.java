package io.holdfast.jdbc.ddl;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sees in a server's catalog what a statement did, independently of the product's own readers: rows
 * of text, so that two sets of rows can be compared.
 *
 * @param pinsSearchPath whether definitions read differently under another {@code search_path}, so
 *     that the session's own is put aside for the reading
 * @param schemas a query for the names of schemas, or the empty text; the queries that have {@code
 *     :schema} in them are asked for each
 * @param structure queries for what counts as the structure of permanent relations
 * @param other queries for any other object: routines, types, users, comments, temporary tables
 */
record CatalogWitness(
    boolean pinsSearchPath, String schemas, List<String> structure, List<String> other) {

  /** What a catalog held at one moment. */
  record Testimony(Set<String> structure, Set<String> other) {}

  Testimony ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!pinsSearchPath) {
        return ask(statement);
      }
      String own = only(statement, "SHOW search_path");
      statement.execute("SET search_path = pg_catalog");
      Testimony testimony = ask(statement);
      only(statement, "SELECT set_config('search_path', '" + own.replace("'", "''") + "', false)");
      return testimony;
    }
  }

  private Testimony ask(Statement statement) throws SQLException {
    var names = new ArrayList<String>();
    if (!schemas.isEmpty()) {
      try (ResultSet result = statement.executeQuery(schemas)) {
        while (result.next()) {
          names.add(result.getString(1).replace("'", "''"));
        }
      }
    }
    return new Testimony(rows(statement, structure, names), rows(statement, other, names));
  }

  private static String only(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }

  private static Set<String> rows(Statement statement, List<String> queries, List<String> schemas)
      throws SQLException {
    var rows = new HashSet<String>();
    for (String query : queries) {
      if (query.contains(":schema")) {
        for (String schema : schemas) {
          read(statement, query.replace(":schema", "'" + schema + "'"), rows);
        }
      } else {
        read(statement, query, rows);
      }
    }
    return rows;
  }

  private static void read(Statement statement, String query, Set<String> rows)
      throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        var row = new StringBuilder().append(query.hashCode());
        for (int column = 1; column <= columns; column++) {
          row.append('|').append(result.getString(column));
        }
        rows.add(row.toString());
      }
    }
  }
}
