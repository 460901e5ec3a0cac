package io.holdfast.schema.catalog;

import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.TableStructure.Check;
import io.holdfast.schema.TableStructure.Column;
import io.holdfast.schema.TableStructure.Extra;
import io.holdfast.schema.TableStructure.ForeignKey;
import io.holdfast.schema.TableStructure.Index;
import io.holdfast.schema.TableStructure.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB 10.5 and newer by INFORMATION_SCHEMA: the connection's own database, or those the filter
 * names.
 *
 * <p>Reading is the probe. CREATE_TIME is the incarnation: TRUNCATE and every ALTER move it (OPTIMIZE
 * too), but by whole seconds, so a table created again within the second it was created in is seen only
 * if we did it. Privileges hide tables here.
 */
final class MariaDbCatalog implements CatalogReader {

  private static final String PIN = """
      SET SESSION sql_mode = '', sql_quote_show_create = 1, time_zone = '+00:00'
      """;

  private static final String OWN = "SELECT database()";

  private static final String TABLES = """
      SELECT T.TABLE_SCHEMA, T.TABLE_NAME, T.TABLE_TYPE, T.ENGINE, T.TABLE_COLLATION,
             T.CREATE_TIME, T.TABLE_COMMENT, V.VIEW_DEFINITION, V.CHECK_OPTION, V.SECURITY_TYPE
        FROM information_schema.TABLES T
        LEFT JOIN information_schema.VIEWS V
          ON V.TABLE_SCHEMA = T.TABLE_SCHEMA AND V.TABLE_NAME = T.TABLE_NAME
       WHERE T.TABLE_SCHEMA NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys')
         AND T.TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW')
      """;

  private static final String COLUMNS = """
      SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, EXTRA,
             GENERATION_EXPRESSION, COLLATION_NAME, COLUMN_COMMENT
        FROM information_schema.COLUMNS
       ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION
      """;

  private static final String INDEXES = """
      SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, COLLATION, SUB_PART,
             INDEX_TYPE
        FROM information_schema.STATISTICS
       ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX
      """;

  private static final String FOREIGN_KEYS = """
      SELECT K.TABLE_SCHEMA, K.TABLE_NAME, K.CONSTRAINT_NAME, K.COLUMN_NAME,
             K.REFERENCED_TABLE_SCHEMA, K.REFERENCED_TABLE_NAME, K.REFERENCED_COLUMN_NAME,
             R.UPDATE_RULE, R.DELETE_RULE
        FROM information_schema.KEY_COLUMN_USAGE K
        JOIN information_schema.REFERENTIAL_CONSTRAINTS R
          ON R.CONSTRAINT_SCHEMA = K.CONSTRAINT_SCHEMA AND R.CONSTRAINT_NAME = K.CONSTRAINT_NAME
         AND R.TABLE_NAME = K.TABLE_NAME
       WHERE K.REFERENCED_TABLE_NAME IS NOT NULL
       ORDER BY K.TABLE_SCHEMA, K.TABLE_NAME, K.CONSTRAINT_NAME, K.ORDINAL_POSITION
      """;

  private static final String CHECKS = """
      SELECT CONSTRAINT_SCHEMA AS TABLE_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE
        FROM information_schema.CHECK_CONSTRAINTS
      """;

  private static final String TRIGGERS = """
      SELECT EVENT_OBJECT_SCHEMA AS TABLE_SCHEMA, EVENT_OBJECT_TABLE AS TABLE_NAME, TRIGGER_NAME,
             ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER, ACTION_STATEMENT
        FROM information_schema.TRIGGERS
      """;

  private static final String PARTITIONS = """
      SELECT TABLE_SCHEMA, TABLE_NAME, PARTITION_NAME, SUBPARTITION_NAME, PARTITION_METHOD,
             PARTITION_EXPRESSION, PARTITION_DESCRIPTION
        FROM information_schema.PARTITIONS WHERE PARTITION_NAME IS NOT NULL
      """;

  private static final String PRIVILEGES = """
      SELECT TABLE_SCHEMA, TABLE_NAME, GRANTEE, PRIVILEGE_TYPE, IS_GRANTABLE, NULL AS COLUMN_NAME
        FROM information_schema.TABLE_PRIVILEGES
      UNION ALL
      SELECT TABLE_SCHEMA, TABLE_NAME, GRANTEE, PRIVILEGE_TYPE, IS_GRANTABLE, COLUMN_NAME
        FROM information_schema.COLUMN_PRIVILEGES
      """;

  private static final Pattern SERVER_MADE_CHECK = Pattern.compile("CONSTRAINT_\\d+");
  private static final Pattern SERVER_MADE_FOREIGN_KEY = Pattern.compile("(?:.*_ibfk_)?\\d+");
  private static final Pattern QUALIFIED = Pattern.compile("`([^`]+)`\\.`([^`]+)`");

  @Override
  public void pin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(PIN);
    }
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
  public Optional<String> sight(Connection connection) {
    var grants = new TreeSet<String>();
    try {
      CatalogQuery.each(connection, "SHOW GRANTS", row -> grants.add(row.getString(1)));
    } catch (SQLException e) {
      // A server without grant tables has no grants to lose.
      return Optional.empty();
    }
    return Optional.of(String.join("\n", grants));
  }

  @Override
  public Map<TableName, ObservedTable> read(
      Connection connection, SchemaFilter filter, @Nullable Set<TableName> tables)
      throws SQLException {
    String own = own(connection);
    var assembly = new LinkedHashMap<TableName, TableAssembly>();
    var collations = new HashMap<TableName, String>();
    CatalogQuery.each(connection, TABLES, row -> {
      var name = new TableName(row.getString("TABLE_SCHEMA"), row.getString("TABLE_NAME"));
      boolean ownOnly = filter.isOpen() && own != null;
      boolean looked = ownOnly ? name.schema().equals(own) : filter.admits(name.schema());
      if (looked && (tables == null || tables.contains(name))) {
        assembly.put(name, table(row, name));
        collations.put(name, String.valueOf(row.getString("TABLE_COLLATION")));
      }
    });
    CatalogQuery.eachOf(
        connection,
        COLUMNS,
        assembly,
        (row, table) -> column(row, table, collations.getOrDefault(table.name, "")));
    indexes(connection, assembly);
    foreignKeys(connection, assembly);
    CatalogQuery.eachOf(connection, CHECKS, assembly, (row, table) -> {
      String name = row.getString("CONSTRAINT_NAME");
      String clause = row.getString("CHECK_CLAUSE");
      boolean named = !SERVER_MADE_CHECK.matcher(name).matches();
      table.checks.add(new Check(named ? name : clause, clause));
    });
    CatalogQuery.eachOf(
        connection,
        TRIGGERS,
        assembly,
        (row, table) -> table.extras.add(new Extra(
            "trigger",
            row.getString("TRIGGER_NAME"),
            row.getString("ACTION_TIMING") + " " + row.getString("EVENT_MANIPULATION") + " order "
                + row.getString("ACTION_ORDER") + " " + row.getString("ACTION_STATEMENT"))));
    CatalogQuery.eachOf(connection, PARTITIONS, assembly, (row, table) -> {
      table.kind = Kind.PARTITIONED_TABLE;
      table.extras.add(new Extra(
          "partition",
          row.getString("PARTITION_NAME")
              + CatalogQuery.some("/", row.getString("SUBPARTITION_NAME")),
          row.getString("PARTITION_METHOD")
              + CatalogQuery.some(" ", row.getString("PARTITION_EXPRESSION"))
              + CatalogQuery.some(" ", row.getString("PARTITION_DESCRIPTION"))));
    });
    CatalogQuery.eachOf(
        connection,
        PRIVILEGES,
        assembly,
        (row, table) -> table.privileges.add(row.getString("PRIVILEGE_TYPE")
            + (row.getString("COLUMN_NAME") == null
                ? ""
                : " (`" + row.getString("COLUMN_NAME") + "`)")
            + " to " + row.getString("GRANTEE")
            + ("YES".equals(row.getString("IS_GRANTABLE")) ? " with grant option" : "")));
    var result = new HashMap<TableName, ObservedTable>();
    assembly.forEach((name, table) -> result.put(name, table.finish()));
    return result;
  }

  private static @Nullable String own(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OWN)) {
      row.next();
      return row.getString(1);
    }
  }

  private static TableAssembly table(ResultSet row, TableName name) throws SQLException {
    String type = row.getString("TABLE_TYPE");
    boolean view = type.equals("VIEW");
    var table = new TableAssembly(name, view ? Kind.VIEW : Kind.TABLE);
    String comment = row.getString("TABLE_COMMENT");
    if (view) {
      String body = String.valueOf(row.getString("VIEW_DEFINITION"));
      Matcher relation = QUALIFIED.matcher(body);
      while (relation.find()) {
        table.reads.add(new TableName(relation.group(1), relation.group(2)));
      }
      // The database's name is no part of the structure.
      table.definition = body.replace("`" + name.schema() + "`.", "");
      table.options.add("check option=" + row.getString("CHECK_OPTION"));
      table.options.add("security=" + row.getString("SECURITY_TYPE"));
    } else {
      table.comment = comment == null || comment.isEmpty() ? null : comment;
      table.incarnation = String.valueOf(row.getString("CREATE_TIME"));
      table.options.add("engine=" + row.getString("ENGINE"));
      table.options.add("collation=" + row.getString("TABLE_COLLATION"));
      if (!type.equals("BASE TABLE")) {
        table.options.add(type.toLowerCase(Locale.ROOT));
      }
    }
    return table;
  }

  private static void column(ResultSet row, TableAssembly table, String tableCollation)
      throws SQLException {
    String extra =
        String.valueOf(row.getString("EXTRA")).toLowerCase(Locale.ROOT).strip();
    String expression = row.getString("GENERATION_EXPRESSION");
    boolean generated = expression != null && !expression.isEmpty();
    String fallback = row.getString("COLUMN_DEFAULT");
    String collation = row.getString("COLLATION_NAME");
    String comment = row.getString("COLUMN_COMMENT");
    table.columns.add(new Column(
        row.getString("COLUMN_NAME"),
        row.getString("COLUMN_TYPE"),
        row.getString("IS_NULLABLE").equals("YES"),
        // A nullable column without a default has the text NULL here.
        "NULL".equals(fallback) ? null : fallback,
        generated ? extra + " " + expression : extra.isEmpty() ? null : extra,
        tableCollation.equals(collation) ? null : collation,
        comment == null || comment.isEmpty() ? null : comment));
  }

  private static void indexes(Connection connection, Map<TableName, TableAssembly> assembly)
      throws SQLException {
    record Found(
        TableAssembly table,
        String name,
        boolean unique,
        List<String> columns,
        List<String> terms) {}
    var indexes = new LinkedHashMap<List<String>, Found>();
    CatalogQuery.eachOf(connection, INDEXES, assembly, (row, table) -> {
      String name = row.getString("INDEX_NAME");
      boolean unique = !row.getBoolean("NON_UNIQUE");
      String type = row.getString("INDEX_TYPE");
      Found found = indexes.computeIfAbsent(
          List.of(table.name.schema(), table.name.name(), name),
          key -> new Found(table, name, unique, new ArrayList<>(), new ArrayList<>(List.of(type))));
      String column = row.getString("COLUMN_NAME");
      found.columns().add(column);
      found
          .terms()
          .add("`" + column + "`"
              + (row.getString("SUB_PART") == null ? "" : "(" + row.getString("SUB_PART") + ")")
              + ("D".equals(row.getString("COLLATION")) ? " DESC" : ""));
    });
    for (Found found : indexes.values()) {
      String definition = String.join(" ", found.terms());
      if (found.name().equals("PRIMARY")) {
        found.table().primaryKey = new TableStructure.Key("PRIMARY", found.columns(), definition);
      } else if (found.unique()) {
        found
            .table()
            .uniques
            .add(new TableStructure.Key(found.name(), found.columns(), definition));
      } else {
        found.table().indexes.add(new Index(found.name(), false, definition));
      }
    }
  }

  private static void foreignKeys(Connection connection, Map<TableName, TableAssembly> assembly)
      throws SQLException {
    record Found(
        TableAssembly table,
        String name,
        TableName target,
        List<String> from,
        List<String> to,
        String detail) {}
    var keys = new LinkedHashMap<List<String>, Found>();
    CatalogQuery.eachOf(connection, FOREIGN_KEYS, assembly, (row, table) -> {
      String name = row.getString("CONSTRAINT_NAME");
      var target = new TableName(
          row.getString("REFERENCED_TABLE_SCHEMA"), row.getString("REFERENCED_TABLE_NAME"));
      String detail = "on update " + row.getString("UPDATE_RULE") + " on delete "
          + row.getString("DELETE_RULE");
      Found found = keys.computeIfAbsent(
          List.of(table.name.schema(), table.name.name(), name),
          key -> new Found(table, name, target, new ArrayList<>(), new ArrayList<>(), detail));
      found.from().add(row.getString("COLUMN_NAME"));
      found.to().add(row.getString("REFERENCED_COLUMN_NAME"));
    });
    for (Found found : keys.values()) {
      boolean named = !SERVER_MADE_FOREIGN_KEY.matcher(found.name()).matches();
      found
          .table()
          .foreignKeys
          .add(new ForeignKey(
              named
                  ? found.name()
                  : "(" + String.join(", ", found.from()) + ") -> "
                      + found.target().name(),
              found.from(),
              found.target(),
              found.to(),
              found.detail()));
    }
  }
}
