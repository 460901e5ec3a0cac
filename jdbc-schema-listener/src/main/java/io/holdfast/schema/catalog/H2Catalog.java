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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * H2 2.x by INFORMATION_SCHEMA.
 *
 * <p>H2 has no change counter that SQL can read, so reading is the probe; H2 answers a repeated catalog
 * query from its last result while nothing happens. Its tables carry no identity either: {@link
 * #replaced} sees that a table lost all its rows or that its modification counter went back, not that
 * it was dropped, created again and filled beyond its old counter between two readings.
 */
final class H2Catalog implements CatalogReader {

  private static final String TABLES = """
      SELECT T.TABLE_SCHEMA, T.TABLE_NAME, T.TABLE_TYPE, T.STORAGE_TYPE, T.REMARKS,
             T.LAST_MODIFICATION, T.ROW_COUNT_ESTIMATE, V.VIEW_DEFINITION
        FROM INFORMATION_SCHEMA.TABLES T
        LEFT JOIN INFORMATION_SCHEMA.VIEWS V
          ON V.TABLE_SCHEMA = T.TABLE_SCHEMA AND V.TABLE_NAME = T.TABLE_NAME
       WHERE T.TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
         AND T.STORAGE_TYPE NOT IN ('GLOBAL TEMPORARY', 'LOCAL TEMPORARY')
      """;

  private static final String COLUMNS = """
      SELECT C.*, (SELECT LISTAGG('''' || REPLACE(E.VALUE_NAME, '''', '''''') || '''', ', ')
                            WITHIN GROUP (ORDER BY E.VALUE_ORDINAL)
                     FROM INFORMATION_SCHEMA.ENUM_VALUES E
                    WHERE C.DATA_TYPE = 'ENUM' AND E.OBJECT_TYPE = 'TABLE'
                      AND E.OBJECT_SCHEMA = C.TABLE_SCHEMA AND E.OBJECT_NAME = C.TABLE_NAME
                      AND E.ENUM_IDENTIFIER = C.DTD_IDENTIFIER) AS ENUM_LABELS,
             (SELECT X.DATA_TYPE FROM INFORMATION_SCHEMA.ELEMENT_TYPES X
               WHERE C.DATA_TYPE = 'ARRAY' AND X.OBJECT_TYPE = 'TABLE'
                 AND X.OBJECT_SCHEMA = C.TABLE_SCHEMA AND X.OBJECT_NAME = C.TABLE_NAME
                 AND X.COLLECTION_TYPE_IDENTIFIER = C.DTD_IDENTIFIER) AS ELEMENT_TYPE
        FROM INFORMATION_SCHEMA.COLUMNS C
       WHERE C.TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
       ORDER BY C.TABLE_SCHEMA, C.TABLE_NAME, C.ORDINAL_POSITION
      """;

  private static final String CONSTRAINTS = """
      SELECT K.TABLE_SCHEMA, K.TABLE_NAME, K.CONSTRAINT_SCHEMA, K.CONSTRAINT_NAME,
             K.CONSTRAINT_TYPE, K.NULLS_DISTINCT, K.ENFORCED, H.CHECK_CLAUSE,
             R.UNIQUE_CONSTRAINT_SCHEMA, R.UNIQUE_CONSTRAINT_NAME, R.UPDATE_RULE, R.DELETE_RULE
        FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS K
        LEFT JOIN INFORMATION_SCHEMA.CHECK_CONSTRAINTS H
          ON H.CONSTRAINT_SCHEMA = K.CONSTRAINT_SCHEMA AND H.CONSTRAINT_NAME = K.CONSTRAINT_NAME
        LEFT JOIN INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS R
          ON R.CONSTRAINT_SCHEMA = K.CONSTRAINT_SCHEMA AND R.CONSTRAINT_NAME = K.CONSTRAINT_NAME
       WHERE K.TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
      """;

  private static final String KEY_COLUMNS = """
      SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME,
             POSITION_IN_UNIQUE_CONSTRAINT
        FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE
       WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
       ORDER BY CONSTRAINT_SCHEMA, CONSTRAINT_NAME, ORDINAL_POSITION
      """;

  // Generated indexes back a constraint and are named by the server.
  private static final String INDEXES = """
      SELECT I.TABLE_SCHEMA, I.TABLE_NAME, I.INDEX_NAME, I.INDEX_TYPE_NAME, I.NULLS_DISTINCT,
             C.COLUMN_NAME, C.ORDERING_SPECIFICATION, C.NULL_ORDERING, C.IS_UNIQUE
        FROM INFORMATION_SCHEMA.INDEXES I
        JOIN INFORMATION_SCHEMA.INDEX_COLUMNS C
          ON C.INDEX_SCHEMA = I.INDEX_SCHEMA AND C.INDEX_NAME = I.INDEX_NAME
         AND C.TABLE_SCHEMA = I.TABLE_SCHEMA AND C.TABLE_NAME = I.TABLE_NAME
       WHERE NOT I.IS_GENERATED AND I.TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
       ORDER BY I.TABLE_SCHEMA, I.INDEX_NAME, C.ORDINAL_POSITION
      """;

  private static final String TRIGGERS = """
      SELECT EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE, TRIGGER_NAME, ACTION_TIMING,
             EVENT_MANIPULATION, ACTION_ORIENTATION, IS_ROLLBACK, JAVA_CLASS, QUEUE_SIZE, NO_WAIT
        FROM INFORMATION_SCHEMA.TRIGGERS
      """;

  private static final String DOMAINS = """
      SELECT D.DOMAIN_SCHEMA, D.DOMAIN_NAME, D.DATA_TYPE, D.DOMAIN_DEFAULT, D.DOMAIN_ON_UPDATE,
             (SELECT LISTAGG(H.CHECK_CLAUSE, ' and ') WITHIN GROUP (ORDER BY H.CHECK_CLAUSE)
                FROM INFORMATION_SCHEMA.DOMAIN_CONSTRAINTS K
                JOIN INFORMATION_SCHEMA.CHECK_CONSTRAINTS H
                  ON H.CONSTRAINT_SCHEMA = K.CONSTRAINT_SCHEMA
                 AND H.CONSTRAINT_NAME = K.CONSTRAINT_NAME
               WHERE K.DOMAIN_SCHEMA = D.DOMAIN_SCHEMA AND K.DOMAIN_NAME = D.DOMAIN_NAME)
               AS CHECKS
        FROM INFORMATION_SCHEMA.DOMAINS D
      """;

  // A copy takes its table's place within milliseconds.
  private static final long SETTLED_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final Pattern SERVER_MADE = Pattern.compile("CONSTRAINT_[0-9A-F]+(?:_\\d+)?");
  private static final Pattern QUOTED_NAME = Pattern.compile("\"((?:[^\"]|\"\")*)\"");

  @Override
  public void pin(Connection connection) {
    // INFORMATION_SCHEMA's texts do not depend on the session.
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
  public boolean replaced(TableName table, Reading before, Reading after) {
    ObservedTable was = before.tables().get(table);
    ObservedTable is = after.tables().get(table);
    if (was == null
        || is == null
        || was.incarnation().isEmpty()
        || is.incarnation().isEmpty()) {
      return false;
    }
    String[] old = was.incarnation().split(":", -1);
    String[] now = is.incarnation().split(":", -1);
    boolean wentBack = Long.parseLong(now[0]) < Long.parseLong(old[0]);
    boolean emptied = Long.parseLong(old[1]) > 0 && Long.parseLong(now[1]) == 0;
    return wentBack || emptied;
  }

  @Override
  public Map<TableName, ObservedTable> read(
      Connection connection, SchemaFilter filter, @Nullable Set<TableName> tables)
      throws SQLException {
    var result = new HashMap<TableName, ObservedTable>();
    settled(connection, filter, tables).forEach((name, table) -> result.put(name, table.finish()));
    return result;
  }

  /** Without the copies of an ALTER TABLE under way; waits while one takes the place of its table. */
  private static Map<TableName, TableAssembly> settled(
      Connection connection, SchemaFilter filter, @Nullable Set<TableName> tables)
      throws SQLException {
    long startNanos = System.nanoTime();
    while (System.nanoTime() - startNanos < SETTLED_WITHIN_NANOS) {
      Map<TableName, TableAssembly> assembly = assemble(connection, filter, tables);
      if (H2Copies.remove(assembly, connection)) {
        return assembly;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    }
    // Then somebody has tables of such names.
    return assemble(connection, filter, tables);
  }

  private static Map<TableName, TableAssembly> assemble(
      Connection connection, SchemaFilter filter, @Nullable Set<TableName> tables)
      throws SQLException {
    var assembly = new LinkedHashMap<TableName, TableAssembly>();
    CatalogQuery.each(connection, TABLES, row -> {
      String table = row.getString("TABLE_NAME");
      // Null while it is being dropped.
      if (table != null) {
        var name = new TableName(row.getString("TABLE_SCHEMA"), table);
        if (filter.admits(name.schema()) && (tables == null || tables.contains(name))) {
          assembly.put(name, table(row, name));
        }
      }
    });
    Map<String, String> domains = domains(connection);
    CatalogQuery.eachOf(connection, COLUMNS, assembly, (row, table) -> column(row, table, domains));
    constraints(connection, assembly);
    indexes(connection, assembly);
    CatalogQuery.each(connection, TRIGGERS, row -> {
      TableAssembly table = assembly.get(
          new TableName(row.getString("EVENT_OBJECT_SCHEMA"), row.getString("EVENT_OBJECT_TABLE")));
      if (table != null) {
        table.extras.add(new Extra("trigger", row.getString("TRIGGER_NAME"), trigger(row)));
      }
    });
    return assembly;
  }

  private static TableAssembly table(ResultSet row, TableName name) throws SQLException {
    boolean view = row.getString("TABLE_TYPE").equals("VIEW");
    var table = new TableAssembly(name, view ? Kind.VIEW : Kind.TABLE);
    table.comment = row.getString("REMARKS");
    if (view) {
      String body = row.getString("VIEW_DEFINITION");
      table.definition = body == null ? "" : body.replaceAll("\\s+", " ");
      references(table.definition, name.schema()).forEach(table.reads::add);
    } else {
      table.incarnation =
          row.getLong("LAST_MODIFICATION") + ":" + row.getLong("ROW_COUNT_ESTIMATE");
      if (!row.getString("TABLE_TYPE").equals("BASE TABLE")) {
        table.options.add("type=" + row.getString("TABLE_TYPE"));
      }
    }
    return table;
  }

  /** H2 prints a view's body with every relation as {@code "SCHEMA"."NAME"}. */
  private static List<TableName> references(String body, String ownSchema) {
    var names = new ArrayList<String>();
    Matcher matcher = QUOTED_NAME.matcher(body);
    var found = new ArrayList<TableName>();
    int lastEnd = -1;
    while (matcher.find()) {
      String name = matcher.group(1).replace("\"\"", "\"");
      boolean qualified = matcher.start() == lastEnd + 1 && body.charAt(lastEnd) == '.';
      found.add(new TableName(qualified ? names.get(names.size() - 1) : ownSchema, name));
      names.add(name);
      lastEnd = matcher.end();
    }
    return found;
  }

  private static Map<String, String> domains(Connection connection) throws SQLException {
    var domains = new HashMap<String, String>();
    CatalogQuery.each(
        connection,
        DOMAINS,
        row -> domains.put(
            row.getString("DOMAIN_SCHEMA") + "." + row.getString("DOMAIN_NAME"),
            "domain over " + row.getString("DATA_TYPE")
                + CatalogQuery.some(" default ", row.getString("DOMAIN_DEFAULT"))
                + CatalogQuery.some(" on update ", row.getString("DOMAIN_ON_UPDATE"))
                + CatalogQuery.some(" check ", row.getString("CHECKS"))));
    return domains;
  }

  private static void column(ResultSet row, TableAssembly table, Map<String, String> domains)
      throws SQLException {
    String generation = null;
    String fallback = row.getString("COLUMN_DEFAULT");
    if ("YES".equals(row.getString("IS_IDENTITY"))) {
      generation = "identity " + row.getString("IDENTITY_GENERATION").toLowerCase(Locale.ROOT)
          + " start " + row.getString("IDENTITY_START")
          + " increment " + row.getString("IDENTITY_INCREMENT")
          + " min " + row.getString("IDENTITY_MINIMUM")
          + " max " + row.getString("IDENTITY_MAXIMUM")
          + ("YES".equals(row.getString("IDENTITY_CYCLE")) ? " cycle" : "");
    } else if ("ALWAYS".equals(row.getString("IS_GENERATED"))) {
      generation = "always " + row.getString("GENERATION_EXPRESSION");
    }
    if (row.getString("COLUMN_ON_UPDATE") != null) {
      fallback =
          CatalogQuery.some("", fallback) + " on update " + row.getString("COLUMN_ON_UPDATE");
    }
    if (row.getBoolean("DEFAULT_ON_NULL")) {
      fallback = CatalogQuery.some("", fallback) + " on null";
    }
    String collation = row.getString("COLLATION_NAME");
    String name = row.getString("COLUMN_NAME");
    String domain = row.getString("DOMAIN_NAME");
    if (domain != null) {
      String qualified = row.getString("DOMAIN_SCHEMA") + "." + domain;
      table.extras.add(
          new Extra("type of " + name, qualified, domains.getOrDefault(qualified, "")));
    }
    if (!row.getBoolean("IS_VISIBLE")) {
      table.extras.add(new Extra("clause", name, "invisible"));
    }
    table.columns.add(new Column(
        name,
        type(row),
        "YES".equals(row.getString("IS_NULLABLE")),
        fallback,
        generation,
        "OFF".equals(collation) ? null : collation,
        row.getString("REMARKS")));
  }

  private static String type(ResultSet row) throws SQLException {
    String type = row.getString("DATA_TYPE");
    return switch (type) {
      case "ENUM" -> "ENUM(" + row.getString("ENUM_LABELS") + ")";
      case "ARRAY" ->
        row.getString("ELEMENT_TYPE") + " ARRAY[" + row.getString("MAXIMUM_CARDINALITY") + "]";
      case "NUMERIC", "DECIMAL" ->
        type + "(" + row.getInt("NUMERIC_PRECISION") + ", " + row.getInt("NUMERIC_SCALE") + ")";
      case "DECFLOAT" -> type + "(" + row.getInt("NUMERIC_PRECISION") + ")";
      case "GEOMETRY" ->
        type
            + CatalogQuery.some(" ", row.getString("GEOMETRY_TYPE"))
            + CatalogQuery.some(" ", row.getString("GEOMETRY_SRID"));
      default -> {
        if (type.startsWith("INTERVAL")) {
          yield "INTERVAL " + row.getString("INTERVAL_TYPE")
              + "(" + row.getInt("INTERVAL_PRECISION") + ", " + row.getInt("DATETIME_PRECISION")
              + ")";
        } else if (type.startsWith("TIME")) {
          yield type.replaceFirst(
              "^(TIMESTAMP|TIME)", "$1(" + row.getInt("DATETIME_PRECISION") + ")");
        } else if (row.getString("CHARACTER_MAXIMUM_LENGTH") != null) {
          yield type + "(" + row.getString("CHARACTER_MAXIMUM_LENGTH") + ")";
        }
        yield type;
      }
    };
  }

  private record KeyColumns(TableName table, List<String> columns, List<Integer> targets) {}

  private static void constraints(Connection connection, Map<TableName, TableAssembly> assembly)
      throws SQLException {
    var keys = new HashMap<String, KeyColumns>();
    CatalogQuery.each(connection, KEY_COLUMNS, row -> {
      var table = new TableName(row.getString("TABLE_SCHEMA"), row.getString("TABLE_NAME"));
      KeyColumns key = keys.computeIfAbsent(
          constraintId(row.getString("CONSTRAINT_SCHEMA"), row.getString("CONSTRAINT_NAME")),
          id -> new KeyColumns(table, new ArrayList<>(), new ArrayList<>()));
      key.columns().add(row.getString("COLUMN_NAME"));
      key.targets().add(row.getInt("POSITION_IN_UNIQUE_CONSTRAINT"));
    });
    CatalogQuery.eachOf(connection, CONSTRAINTS, assembly, (row, table) -> {
      String name = row.getString("CONSTRAINT_NAME");
      boolean named = !SERVER_MADE.matcher(name).matches();
      KeyColumns key = keys.get(constraintId(row.getString("CONSTRAINT_SCHEMA"), name));
      List<String> columns = key == null ? List.of() : key.columns();
      String structural = "(" + String.join(", ", columns) + ")";
      switch (row.getString("CONSTRAINT_TYPE")) {
        case "PRIMARY KEY" ->
          table.primaryKey = new TableStructure.Key(named ? name : "", columns, "");
        case "UNIQUE" ->
          table.uniques.add(new TableStructure.Key(
              named ? name : structural,
              columns,
              CatalogQuery.some("nulls distinct ", row.getString("NULLS_DISTINCT"))));
        case "FOREIGN KEY" -> {
          KeyColumns target = keys.get(constraintId(
              row.getString("UNIQUE_CONSTRAINT_SCHEMA"), row.getString("UNIQUE_CONSTRAINT_NAME")));
          if (key != null && target != null) {
            List<String> referenced = key.targets().stream()
                .map(position -> target.columns().get(position - 1))
                .toList();
            table.foreignKeys.add(new ForeignKey(
                named ? name : structural + " -> " + target.table().name(),
                columns,
                target.table(),
                referenced,
                "on update " + row.getString("UPDATE_RULE") + " on delete "
                    + row.getString("DELETE_RULE")
                    + ("YES".equals(row.getString("ENFORCED")) ? "" : " not enforced")));
          }
        }
        default -> {
          String clause = String.valueOf(row.getString("CHECK_CLAUSE"));
          table.checks.add(new Check(named ? name : clause, clause));
        }
      }
    });
  }

  private static String constraintId(@Nullable String schema, @Nullable String name) {
    return schema + "\0" + name;
  }

  private static void indexes(Connection connection, Map<TableName, TableAssembly> assembly)
      throws SQLException {
    record Found(TableAssembly table, boolean unique, StringBuilder definition) {}
    var indexes = new LinkedHashMap<String, Found>();
    CatalogQuery.eachOf(connection, INDEXES, assembly, (row, table) -> {
      String type = row.getString("INDEX_TYPE_NAME")
          + CatalogQuery.some(" nulls distinct ", row.getString("NULLS_DISTINCT"));
      Found found = indexes.get(row.getString("TABLE_SCHEMA") + "\0" + row.getString("INDEX_NAME"));
      if (found == null) {
        found = new Found(
            table,
            row.getString("INDEX_TYPE_NAME").startsWith("UNIQUE"),
            new StringBuilder(type + ":"));
        indexes.put(row.getString("TABLE_SCHEMA") + "\0" + row.getString("INDEX_NAME"), found);
      }
      found
          .definition()
          .append(" \"")
          .append(row.getString("COLUMN_NAME"))
          .append("\" ")
          .append(row.getString("ORDERING_SPECIFICATION"))
          .append(CatalogQuery.some(" nulls ", row.getString("NULL_ORDERING")))
          .append(row.getBoolean("IS_UNIQUE") ? " unique" : "");
    });
    indexes.forEach((id, found) -> found
        .table()
        .indexes
        .add(new Index(
            id.substring(id.indexOf('\0') + 1),
            found.unique(),
            found.definition().toString())));
  }

  private static String trigger(ResultSet row) throws SQLException {
    return row.getString("ACTION_TIMING") + " " + row.getString("EVENT_MANIPULATION")
        + " for each " + row.getString("ACTION_ORIENTATION")
        + (row.getBoolean("IS_ROLLBACK") ? " rollback" : "")
        + CatalogQuery.some(" call ", row.getString("JAVA_CLASS"))
        + " queue " + row.getString("QUEUE_SIZE")
        + (row.getBoolean("NO_WAIT") ? " nowait" : "");
  }
}
