package io.holdfast.schema.catalog;

import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.TableStructure.Check;
import io.holdfast.schema.TableStructure.Column;
import io.holdfast.schema.TableStructure.Extra;
import io.holdfast.schema.TableStructure.ForeignKey;
import io.holdfast.schema.TableStructure.Index;
import io.holdfast.schema.TableStructure.Kind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL 13 and newer.
 *
 * <p>The catalogs are readable by everybody, so a relation that is missing is gone. The token is the
 * snapshot, the stamps are sums of xmin: sound for everything committed, catalog updates by hand among
 * it. What they cost is in docs/adr/0002. VACUUM FULL, CLUSTER and REFRESH move the incarnation, as
 * TRUNCATE does; VACUUM and ANALYZE move nothing.
 */
final class PostgresCatalog implements CatalogReader {

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  @Override
  public void pin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(PostgresSql.PIN);
    }
  }

  @Override
  public Optional<String> token(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PostgresSql.TOKEN);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return Optional.of(row.getString(1));
    }
  }

  @Override
  public Optional<String> digest(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PostgresProbeSql.DIGEST);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return Optional.of(row.getString(1));
    }
  }

  @Override
  public Set<TableName> locked(Connection connection) throws SQLException {
    var locked = new HashSet<TableName>();
    CatalogQuery.each(
        connection,
        PostgresProbeSql.LOCKED,
        row -> locked.add(new TableName(row.getString(1), row.getString(2))));
    return locked;
  }

  @Override
  public Set<String> hidingPlaces(Connection connection) throws SQLException {
    var names = new HashSet<String>();
    CatalogQuery.each(
        connection,
        PostgresProbeSql.HIDING_PLACES,
        row -> names.add(row.getString(1).toLowerCase(Locale.ROOT)));
    return names;
  }

  @Override
  public boolean isLockTimeout(SQLException failure) {
    return LOCK_NOT_AVAILABLE.equals(failure.getSQLState());
  }

  @Override
  public Optional<Map<TableName, String>> stamps(Connection connection, SchemaFilter filter)
      throws SQLException {
    var stamps = new HashMap<TableName, String>();
    try (PreparedStatement statement = connection.prepareStatement(PostgresSql.STAMPS);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (filter.admits(rows.getString(1))) {
          stamps.put(new TableName(rows.getString(1), rows.getString(2)), rows.getString(3));
        }
      }
    }
    return Optional.of(stamps);
  }

  @Override
  public Optional<String> stamp(Connection connection, TableName table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PostgresSql.STAMP)) {
      statement.setString(1, table.schema());
      statement.setString(2, table.name());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(3)) : Optional.empty();
      }
    }
  }

  @Override
  public boolean seesReplacement() {
    return true;
  }

  @Override
  public boolean seesEverything() {
    return true;
  }

  @Override
  public boolean renamed(TableName from, TableName to, Reading before, Reading after) {
    ObservedTable was = before.tables().get(from);
    ObservedTable is = after.tables().get(to);
    return was != null && is != null && oid(was).equals(oid(is));
  }

  private static String oid(ObservedTable table) {
    return table.incarnation().substring(0, table.incarnation().indexOf(':'));
  }

  /** A column keeps its number for life, and no number is given twice. */
  @Override
  public Map<String, String> renamedColumns(
      TableName from, TableName to, Reading before, Reading after) {
    return renamed(from, to, before, after)
        ? ColumnNumbers.renamed(before.tables().get(from), after.tables().get(to))
        : Map.of();
  }

  @Override
  public Map<TableName, ObservedTable> read(
      Connection connection, SchemaFilter filter, @Nullable Set<TableName> tables)
      throws SQLException {
    Set<TableName> wanted =
        tables != null ? tables : stamps(connection, filter).orElseThrow().keySet();
    if (wanted.isEmpty()) {
      return Map.of();
    }
    Array schemas =
        connection.createArrayOf("text", wanted.stream().map(TableName::schema).toArray());
    Array names =
        connection.createArrayOf("text", wanted.stream().map(TableName::name).toArray());
    var byOid = new LinkedHashMap<Long, TableAssembly>();
    var query = new Query(connection, schemas, names, byOid);
    query.each(PostgresSql.RELATIONS, PostgresCatalog::relation);
    query.each(PostgresSql.COLUMNS, PostgresCatalog::column);
    query.each(PostgresSql.CONSTRAINTS, PostgresCatalog::constraint);
    query.each(PostgresSql.INDEXES, PostgresCatalog::index);
    query.each(PostgresSql.EXTRAS, PostgresCatalog::extra);
    query.each(PostgresSql.READS, PostgresCatalog::reads);
    query.each(
        PostgresSql.PRIVILEGES, (row, table) -> table.privileges.add(row.getString("privilege")));
    var result = new HashMap<TableName, ObservedTable>();
    byOid.values().forEach(table -> result.put(table.name, table.finish()));
    return result;
  }

  /** Runs the queries over the wanted names; the first column of each is the relation's oid. */
  private record Query(
      Connection connection, Array schemas, Array names, Map<Long, TableAssembly> byOid) {

    interface RowReader {
      void read(ResultSet row, TableAssembly table) throws SQLException;
    }

    void each(String sql, RowReader reader) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setArray(1, schemas);
        statement.setArray(2, names);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            TableAssembly table = byOid.get(row.getLong(1));
            if (table == null && sql.equals(PostgresSql.RELATIONS)) {
              table = new TableAssembly(
                  new TableName(row.getString("nspname"), row.getString("relname")), Kind.TABLE);
              byOid.put(row.getLong(1), table);
            }
            // A relation that appeared between two queries is read by the next attempt.
            if (table != null) {
              reader.read(row, table);
            }
          }
        }
      }
    }
  }

  private static void relation(ResultSet row, TableAssembly table) throws SQLException {
    table.kind = switch (row.getString("relkind")) {
      case "p" -> Kind.PARTITIONED_TABLE;
      case "v" -> Kind.VIEW;
      case "m" -> Kind.MATERIALIZED_VIEW;
      case "f" -> Kind.FOREIGN_TABLE;
      default -> Kind.TABLE;
    };
    table.incarnation = row.getString("incarnation");
    table.definition = row.getString("body");
    table.comment = row.getString("comment");
    if (!"p".equals(row.getString("relpersistence"))) {
      table.options.add("persistence=" + row.getString("relpersistence"));
    }
    if (row.getBoolean("relrowsecurity")) {
      table.options.add("row security");
    }
    if (row.getBoolean("relforcerowsecurity")) {
      table.options.add("row security forced");
    }
    option(table, "view options", row.getString("view_options"));
    option(table, "of type", row.getString("of_type"));
    option(table, "partition by", row.getString("partition_key"));
    option(table, "partition bound", row.getString("partition_bound"));
    option(table, "server", row.getString("server"));
    option(table, "server options", row.getString("server_options"));
  }

  private static void option(TableAssembly table, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      table.options.add(name + "=" + value);
    }
  }

  private static void column(ResultSet row, TableAssembly table) throws SQLException {
    String expression = row.getString("expression");
    String generated = row.getString("attgenerated");
    String identity = row.getString("attidentity");
    String generation = null;
    if (!generated.isEmpty()) {
      generation = (generated.equals("v") ? "virtual " : "stored ") + expression;
      expression = null;
    } else if (!identity.isEmpty()) {
      generation = identity.equals("a") ? "identity always" : "identity by default";
    }
    String type = row.getString("type");
    table.columnNumbers.put(row.getString("attname"), row.getInt("attnum"));
    table.columns.add(new Column(
        row.getString("attname"),
        type,
        !row.getBoolean("attnotnull"),
        expression == null
            ? null
            : PostgresDefaults.canonical(expression, type, row.getString("typcategory")),
        generation,
        row.getString("collation"),
        row.getString("comment")));
  }

  private static void constraint(ResultSet row, TableAssembly table) throws SQLException {
    String name = row.getString("conname");
    String definition = row.getString("definition");
    String quoted = row.getString("quoted_columns");
    switch (row.getString("contype")) {
      case "p" ->
        table.primaryKey = new TableStructure.Key(
            name, names(row, "columns"), after("PRIMARY KEY (" + quoted + ")", definition));
      case "u" ->
        table.uniques.add(new TableStructure.Key(
            name, names(row, "columns"), after("UNIQUE (" + quoted + ")", definition)));
      case "f" ->
        table.foreignKeys.add(new ForeignKey(
            name,
            names(row, "columns"),
            new TableName(row.getString("ref_schema"), row.getString("ref_table")),
            names(row, "ref_columns"),
            after(
                "FOREIGN KEY (" + quoted + ") REFERENCES " + row.getString("quoted_reference"),
                definition)));
      default -> table.checks.add(new Check(name, definition));
    }
  }

  /** What follows the usual beginning, or all of it where the beginning is an unusual one. */
  private static String after(String beginning, String text) {
    return text.startsWith(beginning) ? text.substring(beginning.length()).strip() : text;
  }

  private static List<String> names(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    var names = new ArrayList<String>();
    if (array != null) {
      for (Object name : (Object[]) array.getArray()) {
        names.add(String.valueOf(name));
      }
    }
    return names;
  }

  private static void index(ResultSet row, TableAssembly table) throws SQLException {
    boolean unique = row.getBoolean("indisunique");
    String definition = row.getString("definition");
    definition = after(
        (unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") + row.getString("quoted_name") + " ON",
        definition);
    definition = after("ONLY ", definition);
    definition = after(row.getString("quoted_table") + " ", definition);
    if (!row.getBoolean("indisvalid")) {
      definition += " INVALID";
    }
    table.indexes.add(
        new Index(row.getString("relname"), unique, PostgresDefaults.withoutStorage(definition)));
  }

  private static void extra(ResultSet row, TableAssembly table) throws SQLException {
    table.extras.add(new Extra(
        row.getString("kind"), row.getString("name"), String.valueOf(row.getString("definition"))));
  }

  private static void reads(ResultSet row, TableAssembly table) throws SQLException {
    table.reads.add(new TableName(row.getString("nspname"), row.getString("relname")));
  }
}
