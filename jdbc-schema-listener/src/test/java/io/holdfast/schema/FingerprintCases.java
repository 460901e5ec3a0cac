package io.holdfast.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Single edits of a database, and what they change: the structure, something beside it, or nothing. */
final class FingerprintCases {

  private final String url;

  FingerprintCases(String url) {
    this.url = url;
  }

  SchemaSnapshot snapshot() throws SQLException {
    return SchemaSnapshot.read(url, "", () -> DriverManager.getConnection(url), "");
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The outlines of all differences, each after the name of its table. */
  static List<String> outlines(SchemaSnapshot before, SchemaSnapshot after) {
    var outlines = new ArrayList<String>();
    SchemaDifference.between(before, after, EnumSet.allOf(SchemaDifference.Aspect.class))
        .tables()
        .forEach((table, changes) ->
            changes.forEach(change -> outlines.add(table.name() + ": " + change.outline())));
    return outlines;
  }

  /** Runs the edit, statements with {@code ;;} between them; whether a hash changes must agree with what the diff tells. */
  void edit(String sql, String... expected) throws SQLException {
    SchemaSnapshot before = snapshot();
    try {
      execute(sql.split("\\s*;;\\s*"));
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
    SchemaSnapshot after = snapshot();
    assertThat(outlines(before, after)).as(sql).containsExactlyInAnyOrder(expected);
    boolean structural = List.of(expected).stream()
        .anyMatch(outline -> !outline.contains(": trigger ")
            && !outline.contains(": comment")
            && !outline.contains(": privilege "));
    assertThat(structures(after).equals(structures(before)))
        .as("same structures after %s", sql)
        .isEqualTo(!structural);
    assertThat(before.fingerprint().equals(after.fingerprint())).as(sql).isEqualTo(!structural);
  }

  static Map<String, StructureHash> structures(SchemaSnapshot snapshot) {
    var structures = new TreeMap<String, StructureHash>();
    snapshot.tables().forEach((name, table) -> structures.put(name.name(), table.structure()));
    return structures;
  }

  String incarnation(String table) throws SQLException {
    return snapshot().tables().values().stream()
        .filter(fingerprint -> fingerprint.table().name().equals(table))
        .findFirst()
        .orElseThrow()
        .incarnation();
  }
}
