package io.holdfast.schema.catalog;

import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.TableStructure.Column;
import io.holdfast.schema.TableStructure.ForeignKey;
import io.holdfast.schema.TableStructure.Index;
import io.holdfast.schema.TableStructure.Kind;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Any database, by what its driver tells through {@link DatabaseMetaData}: no checks, no expressions,
 * no view bodies, no incarnation, a full crawl for each probe. Drivers differ in what they tell, from
 * version to version too, so the driver's name and version are in the form and its hashes compare only
 * with those of the same driver.
 */
final class MetadataCatalog implements CatalogReader {

  private static final Set<String> SERVERS_OWN =
      Set.of("information_schema", "pg_catalog", "sys", "system", "mysql", "performance_schema");

  @Override
  public void pin(Connection connection) {
    // Nothing portable to pin.
  }

  @Override
  public Optional<String> token(Connection connection) {
    return Optional.empty();
  }

  @Override
  public Optional<Map<TableName, String>> stamps(Connection connection, SchemaFilter filter) {
    return Optional.empty();
  }

  @Override
  public boolean seesReplacement() {
    return false;
  }

  @Override
  public boolean seesEverything() {
    return false;
  }

  @Override
  public Map<TableName, ObservedTable> read(
      Connection connection, SchemaFilter filter, @Nullable Set<TableName> tables)
      throws SQLException {
    DatabaseMetaData metadata = connection.getMetaData();
    String catalog = connection.getCatalog();
    String driver = "lossy=" + metadata.getDriverName() + " " + metadata.getDriverVersion();
    var result = new HashMap<TableName, ObservedTable>();
    for (TableAssembly table : list(metadata, catalog, filter)) {
      if (tables == null || tables.contains(table.name)) {
        table.options.add(driver);
        columns(metadata, catalog, table);
        primaryKey(metadata, catalog, table);
        if (table.kind == Kind.TABLE) {
          foreignKeys(metadata, catalog, table);
          indexes(metadata, catalog, table);
        }
        result.put(table.name, table.finish());
      }
    }
    return result;
  }

  private static List<TableAssembly> list(
      DatabaseMetaData metadata, @Nullable String catalog, SchemaFilter filter)
      throws SQLException {
    var found = new ArrayList<TableAssembly>();
    try (ResultSet row = metadata.getTables(catalog, null, "%", new String[] {"TABLE", "VIEW"})) {
      while (row.next()) {
        String schema = schema(row.getString("TABLE_SCHEM"), row.getString("TABLE_CAT"));
        if (!SERVERS_OWN.contains(schema.toLowerCase(Locale.ROOT)) && filter.admits(schema)) {
          boolean view = "VIEW".equals(row.getString("TABLE_TYPE"));
          var table = new TableAssembly(
              new TableName(schema, row.getString("TABLE_NAME")), view ? Kind.VIEW : Kind.TABLE);
          table.comment = row.getString("REMARKS");
          found.add(table);
        }
      }
    }
    return found;
  }

  private static String schema(@Nullable String schema, @Nullable String catalog) {
    if (schema != null) {
      return schema;
    }
    return catalog == null ? "" : catalog;
  }

  /** The schema to ask for: null where the server knows catalogs only. */
  private static @Nullable String schemaOf(TableAssembly table, @Nullable String catalog) {
    return table.name.schema().isEmpty() || table.name.schema().equals(catalog)
        ? null
        : table.name.schema();
  }

  private static String escaped(DatabaseMetaData metadata, String name) throws SQLException {
    String escape = metadata.getSearchStringEscape();
    return name.replace(escape, escape + escape)
        .replace("_", escape + "_")
        .replace("%", escape + "%");
  }

  private static void columns(
      DatabaseMetaData metadata, @Nullable String catalog, TableAssembly table)
      throws SQLException {
    String schema = schemaOf(table, catalog);
    var ordered = new TreeMap<Integer, Column>();
    try (ResultSet row = metadata.getColumns(
        catalog,
        schema == null ? null : escaped(metadata, schema),
        escaped(metadata, table.name.name()),
        "%")) {
      while (row.next()) {
        int position = row.getInt("ORDINAL_POSITION");
        String name = row.getString("COLUMN_NAME");
        String type = row.getString("TYPE_NAME") + "(" + row.getInt("COLUMN_SIZE") + ", "
            + row.getInt("DECIMAL_DIGITS") + ")";
        boolean nullable = row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls;
        String fallback = row.getString("COLUMN_DEF");
        String comment = row.getString("REMARKS");
        ordered.put(position, new Column(name, type, nullable, fallback, null, null, comment));
      }
    }
    table.columns.addAll(ordered.values());
  }

  private static void primaryKey(
      DatabaseMetaData metadata, @Nullable String catalog, TableAssembly table)
      throws SQLException {
    var columns = new TreeMap<Integer, String>();
    String name = "";
    try (ResultSet row =
        metadata.getPrimaryKeys(catalog, schemaOf(table, catalog), table.name.name())) {
      while (row.next()) {
        columns.put(row.getInt("KEY_SEQ"), row.getString("COLUMN_NAME"));
        name = row.getString("PK_NAME") == null ? "" : row.getString("PK_NAME");
      }
    }
    if (!columns.isEmpty()) {
      table.primaryKey = new TableStructure.Key(name, List.copyOf(columns.values()), "");
    }
  }

  private static void foreignKeys(
      DatabaseMetaData metadata, @Nullable String catalog, TableAssembly table)
      throws SQLException {
    record Reference(
        @Nullable String name,
        TableName target,
        List<String> from,
        List<String> to,
        String detail) {}
    var references = new ArrayList<Reference>();
    try (ResultSet row =
        metadata.getImportedKeys(catalog, schemaOf(table, catalog), table.name.name())) {
      while (row.next()) {
        if (row.getInt("KEY_SEQ") == 1) {
          references.add(new Reference(
              row.getString("FK_NAME"),
              new TableName(
                  schema(row.getString("PKTABLE_SCHEM"), row.getString("PKTABLE_CAT")),
                  row.getString("PKTABLE_NAME")),
              new ArrayList<>(),
              new ArrayList<>(),
              "update rule " + row.getInt("UPDATE_RULE") + " delete rule "
                  + row.getInt("DELETE_RULE") + " deferrability " + row.getInt("DEFERRABILITY")));
        }
        Reference last = references.get(references.size() - 1);
        last.from().add(row.getString("FKCOLUMN_NAME"));
        last.to().add(row.getString("PKCOLUMN_NAME"));
      }
    }
    for (Reference reference : references) {
      String name = reference.name() != null
          ? reference.name()
          : "(" + String.join(", ", reference.from()) + ") -> "
              + reference.target().name();
      table.foreignKeys.add(new ForeignKey(
          name, reference.from(), reference.target(), reference.to(), reference.detail()));
    }
  }

  private static void indexes(
      DatabaseMetaData metadata, @Nullable String catalog, TableAssembly table)
      throws SQLException {
    record Found(boolean unique, TreeMap<Integer, String> columns) {}
    var indexes = new LinkedHashMap<String, Found>();
    try (ResultSet row = metadata.getIndexInfo(
        catalog, schemaOf(table, catalog), table.name.name(), false, /* approximate= */ true)) {
      while (row.next()) {
        String name = row.getString("INDEX_NAME");
        if (name != null && row.getInt("TYPE") != DatabaseMetaData.tableIndexStatistic) {
          boolean unique = !row.getBoolean("NON_UNIQUE");
          String column = row.getString("COLUMN_NAME") + " " + row.getString("ASC_OR_DESC")
              + (row.getString("FILTER_CONDITION") == null
                  ? ""
                  : " where " + row.getString("FILTER_CONDITION"));
          indexes
              .computeIfAbsent(name, key -> new Found(unique, new TreeMap<>()))
              .columns()
              .put(row.getInt("ORDINAL_POSITION"), column);
        }
      }
    }
    indexes.forEach((name, index) -> table.indexes.add(
        new Index(name, index.unique(), String.join(", ", index.columns().values()))));
  }
}
