package io.holdfast.schema.catalog;

import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.TableStructure.Check;
import io.holdfast.schema.TableStructure.ForeignKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The constraints of H2's tables.
 *
 * <p>KEY_COLUMN_USAGE tells a key's columns in order, but after a column was renamed it goes on with
 * the old name until the database is opened anew; CONSTRAINT_COLUMN_USAGE has the names that are true
 * and no order, the key's index has both and may belong to another key. The three together tell.
 */
final class H2Keys {

  private static final String CONSTRAINTS = """
      SELECT K.TABLE_SCHEMA, K.TABLE_NAME, K.CONSTRAINT_SCHEMA, K.CONSTRAINT_NAME,
             K.CONSTRAINT_TYPE, K.NULLS_DISTINCT, K.ENFORCED, K.INDEX_SCHEMA, K.INDEX_NAME,
             H.CHECK_CLAUSE, R.UNIQUE_CONSTRAINT_SCHEMA, R.UNIQUE_CONSTRAINT_NAME, R.UPDATE_RULE,
             R.DELETE_RULE
        FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS K
        LEFT JOIN INFORMATION_SCHEMA.CHECK_CONSTRAINTS H
          ON H.CONSTRAINT_SCHEMA = K.CONSTRAINT_SCHEMA AND H.CONSTRAINT_NAME = K.CONSTRAINT_NAME
        LEFT JOIN INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS R
          ON R.CONSTRAINT_SCHEMA = K.CONSTRAINT_SCHEMA AND R.CONSTRAINT_NAME = K.CONSTRAINT_NAME
       WHERE K.TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
      """;

  private static final String KEY_COLUMNS = """
      SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, COLUMN_NAME, POSITION_IN_UNIQUE_CONSTRAINT
        FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE
       WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
       ORDER BY CONSTRAINT_SCHEMA, CONSTRAINT_NAME, ORDINAL_POSITION
      """;

  private static final String USED_COLUMNS = """
      SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME
        FROM INFORMATION_SCHEMA.CONSTRAINT_COLUMN_USAGE
      """;

  private static final String INDEX_COLUMNS = """
      SELECT INDEX_SCHEMA, INDEX_NAME, COLUMN_NAME FROM INFORMATION_SCHEMA.INDEX_COLUMNS
       WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
       ORDER BY INDEX_SCHEMA, INDEX_NAME, ORDINAL_POSITION
      """;

  private static final Pattern SERVER_MADE = Pattern.compile("CONSTRAINT_[0-9A-F]+(?:_\\d+)?");

  private record Id(@Nullable String schema, @Nullable String name) {
    static Id of(ResultSet row, String kind) throws SQLException {
      return new Id(row.getString(kind + "_SCHEMA"), row.getString(kind + "_NAME"));
    }
  }

  /** A constraint, before it is known what the key that it refers to is made of. */
  private record Found(
      TableName table,
      String name,
      String type,
      Id index,
      Id target,
      @Nullable String clause,
      String detail) {}

  private final Map<Id, Found> constraints = new HashMap<>();
  private final Map<Id, List<String>> told = new HashMap<>();
  private final Map<Id, List<Integer>> targets = new HashMap<>();
  private final Map<Id, Map<TableName, Set<String>>> used = new HashMap<>();
  private final Map<Id, List<String>> indexed = new HashMap<>();

  private H2Keys() {}

  /** Gives the tables their constraints. */
  static void read(Connection connection, Map<TableName, TableAssembly> assembly)
      throws SQLException {
    var keys = new H2Keys();
    keys.load(connection);
    keys.constraints.forEach((id, found) -> {
      TableAssembly table = assembly.get(found.table());
      if (table != null) {
        keys.assemble(id, found, table);
      }
    });
  }

  private void load(Connection connection) throws SQLException {
    CatalogQuery.each(connection, CONSTRAINTS, row -> {
      String type = row.getString("CONSTRAINT_TYPE");
      constraints.put(
          Id.of(row, "CONSTRAINT"),
          new Found(
              new TableName(row.getString("TABLE_SCHEMA"), row.getString("TABLE_NAME")),
              row.getString("CONSTRAINT_NAME"),
              type,
              Id.of(row, "INDEX"),
              Id.of(row, "UNIQUE_CONSTRAINT"),
              row.getString("CHECK_CLAUSE"),
              type.equals("FOREIGN KEY")
                  ? rules(row)
                  : CatalogQuery.some("nulls distinct ", row.getString("NULLS_DISTINCT"))));
    });
    CatalogQuery.each(connection, KEY_COLUMNS, row -> {
      Id id = Id.of(row, "CONSTRAINT");
      told.computeIfAbsent(id, key -> new ArrayList<>()).add(row.getString("COLUMN_NAME"));
      targets
          .computeIfAbsent(id, key -> new ArrayList<>())
          .add(row.getInt("POSITION_IN_UNIQUE_CONSTRAINT"));
    });
    CatalogQuery.each(
        connection,
        USED_COLUMNS,
        row -> used.computeIfAbsent(Id.of(row, "CONSTRAINT"), key -> new HashMap<>())
            .computeIfAbsent(
                new TableName(row.getString("TABLE_SCHEMA"), row.getString("TABLE_NAME")),
                key -> new HashSet<>())
            .add(row.getString("COLUMN_NAME")));
    CatalogQuery.each(
        connection,
        INDEX_COLUMNS,
        row -> indexed
            .computeIfAbsent(Id.of(row, "INDEX"), key -> new ArrayList<>())
            .add(row.getString("COLUMN_NAME")));
  }

  private static String rules(ResultSet row) throws SQLException {
    return "on update " + row.getString("UPDATE_RULE") + " on delete "
        + row.getString("DELETE_RULE")
        + ("YES".equals(row.getString("ENFORCED")) ? "" : " not enforced");
  }

  private void assemble(Id id, Found found, TableAssembly table) {
    boolean named = !SERVER_MADE.matcher(found.name()).matches();
    List<String> columns = columns(id, found);
    String structural = "(" + String.join(", ", columns) + ")";
    switch (found.type()) {
      case "PRIMARY KEY" ->
        table.primaryKey = new TableStructure.Key(named ? found.name() : "", columns, "");
      case "UNIQUE" ->
        table.uniques.add(
            new TableStructure.Key(named ? found.name() : structural, columns, found.detail()));
      case "FOREIGN KEY" -> {
        Found target = constraints.get(found.target());
        if (target != null) {
          List<String> key = columns(found.target(), target);
          List<String> referenced = targets.getOrDefault(id, List.of()).stream()
              .filter(position -> position >= 1 && position <= key.size())
              .map(position -> key.get(position - 1))
              .toList();
          table.foreignKeys.add(new ForeignKey(
              named ? found.name() : structural + " -> " + target.table().name(),
              columns,
              target.table(),
              referenced,
              found.detail()));
        }
      }
      default -> {
        String clause = String.valueOf(found.clause());
        table.checks.add(new Check(named ? found.name() : clause, clause));
      }
    }
  }

  /** The columns in order, under the names they have now. */
  private List<String> columns(Id id, Found found) {
    List<String> names = told.getOrDefault(id, List.of());
    Set<String> now = used.getOrDefault(id, Map.of()).getOrDefault(found.table(), Set.of());
    // A table that refers to itself uses the columns of both ends.
    if (now.containsAll(names)) {
      return names;
    }
    List<String> index = indexed.getOrDefault(found.index(), List.of());
    List<String> leading = index.subList(0, Math.min(names.size(), index.size()));
    if (leading.size() == names.size() && now.containsAll(leading)) {
      return List.copyOf(leading);
    }
    var come = new TreeSet<>(now);
    names.forEach(come::remove);
    var renamed = new ArrayList<String>();
    for (String name : names) {
      String first = come.isEmpty() ? null : come.first();
      if (now.contains(name) || first == null) {
        renamed.add(name);
      } else {
        renamed.add(first);
        come.remove(first);
      }
    }
    return renamed;
  }
}
