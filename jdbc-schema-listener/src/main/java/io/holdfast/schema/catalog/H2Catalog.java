package io.holdfast.schema.catalog;

import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure.Column;
import io.holdfast.schema.TableStructure.Extra;
import io.holdfast.schema.TableStructure.Index;
import io.holdfast.schema.TableStructure.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * H2 2.x by INFORMATION_SCHEMA.
 *
 * <p>H2 has no change counter that SQL can read, so reading is the probe; H2 answers a repeated catalog
 * query from its last result while nothing happens. The number of a dropped table is given to the next
 * one: {@link #replaced} sees that another table took the name, that a table lost all its rows or that
 * its modification number went back, not that it was dropped, created again under the same number and
 * filled between two readings.
 */
final class H2Catalog implements CatalogReader {

  private static final String TABLES = """
      SELECT T.TABLE_SCHEMA, T.TABLE_NAME, T.TABLE_TYPE, T.STORAGE_TYPE, T.REMARKS,
             T.LAST_MODIFICATION, T.ROW_COUNT_ESTIMATE, V.VIEW_DEFINITION,
             CASE WHEN EXISTS (SELECT 1 FROM INFORMATION_SCHEMA.USERS U
                                WHERE U.USER_NAME = CURRENT_USER AND U.IS_ADMIN)
                  THEN DB_OBJECT_ID('TABLE', T.TABLE_SCHEMA, T.TABLE_NAME) ELSE 0 END AS OBJECT_ID
        FROM INFORMATION_SCHEMA.TABLES T
        LEFT JOIN INFORMATION_SCHEMA.VIEWS V
          ON V.TABLE_SCHEMA = T.TABLE_SCHEMA AND V.TABLE_NAME = T.TABLE_NAME
       WHERE T.TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
         AND T.STORAGE_TYPE NOT IN ('GLOBAL TEMPORARY', 'LOCAL TEMPORARY')
      """;

  private static final String COLUMNS = """
      SELECT * FROM INFORMATION_SCHEMA.COLUMNS
       WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
       ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION
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

  private static final String PRIVILEGES = """
      SELECT TABLE_SCHEMA, TABLE_NAME, GRANTEE, PRIVILEGE_TYPE, IS_GRANTABLE
        FROM INFORMATION_SCHEMA.TABLE_PRIVILEGES
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
  // Java code may do anything, with the connection it is given.
  private static final String HIDING_PLACES = """
      SELECT ROUTINE_NAME FROM INFORMATION_SCHEMA.ROUTINES WHERE EXTERNAL_LANGUAGE = 'JAVA'
      UNION
      SELECT EVENT_OBJECT_TABLE FROM INFORMATION_SCHEMA.TRIGGERS
      """;

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
  public Set<String> hidingPlaces(Connection connection) throws SQLException {
    var names = new HashSet<String>();
    CatalogQuery.each(
        connection, HIDING_PLACES, row -> names.add(row.getString(1).toLowerCase(Locale.ROOT)));
    return names;
  }

  /** Every user sees all tables here, with or without a right to their rows. */
  @Override
  public boolean seesEverything() {
    return true;
  }

  @Override
  public boolean replaced(TableName table, Reading before, Reading after) {
    Trace was = Trace.of(before.tables().get(table));
    Trace is = Trace.of(after.tables().get(table));
    if (was == null || is == null) {
      return false;
    }
    boolean wentBack = is.modification < was.modification;
    boolean emptied = was.rows > 0 && is.rows == 0;
    // An ALTER TABLE that copies gives another number, too, but it leaves another structure.
    boolean another = is.object != was.object && sameStructure(table, before, after);
    return wentBack || emptied || another;
  }

  private static boolean sameStructure(TableName table, Reading before, Reading after) {
    ObservedTable was = before.tables().get(table);
    ObservedTable is = after.tables().get(table);
    return was != null && is != null && was.structure().equals(is.structure());
  }

  @Override
  public boolean renamed(TableName from, TableName to, Reading before, Reading after) {
    Trace was = Trace.of(before.tables().get(from));
    return was != null && was.isSameObject(Trace.of(after.tables().get(to)));
  }

  /** What adds or drops a column copies the table, so in the same object each keeps its place. */
  @Override
  public Map<String, String> renamedColumns(
      TableName from, TableName to, Reading before, Reading after) {
    return renamed(from, to, before, after)
        ? ColumnNumbers.renamed(before.tables().get(from), after.tables().get(to))
        : Map.of();
  }

  /**
   * What H2 tells of a table's identity. Object numbers are told to administrators only (else 0) and
   * given again after a drop; modification numbers never are, but they are zero until something is
   * written.
   */
  private record Trace(long object, long modification, long rows) {

    static @Nullable Trace of(@Nullable ObservedTable table) {
      if (table == null || table.incarnation().isEmpty()) {
        return null;
      }
      String[] parts = table.incarnation().split(":", -1);
      return new Trace(
          Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    boolean isSameObject(@Nullable Trace other) {
      return other != null
          && object == other.object
          && modification == other.modification
          && modification > 0;
    }
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
    H2Types types = H2Types.read(connection);
    CatalogQuery.eachOf(
        connection, COLUMNS, assembly, (row, table) -> column(row, table, types, domains));
    H2Keys.read(connection, assembly);
    indexes(connection, assembly);
    CatalogQuery.each(connection, TRIGGERS, row -> {
      TableAssembly table = assembly.get(
          new TableName(row.getString("EVENT_OBJECT_SCHEMA"), row.getString("EVENT_OBJECT_TABLE")));
      if (table != null) {
        table.extras.add(new Extra("trigger", row.getString("TRIGGER_NAME"), trigger(row)));
      }
    });
    CatalogQuery.eachOf(
        connection,
        PRIVILEGES,
        assembly,
        (row, table) -> table.privileges.add(row.getString("PRIVILEGE_TYPE") + " to "
            + H2Names.quoted(row.getString("GRANTEE"))
            + ("YES".equals(row.getString("IS_GRANTABLE")) ? " with grant option" : "")));
    return assembly;
  }

  private static TableAssembly table(ResultSet row, TableName name) throws SQLException {
    boolean view = row.getString("TABLE_TYPE").equals("VIEW");
    var table = new TableAssembly(name, view ? Kind.VIEW : Kind.TABLE);
    table.comment = row.getString("REMARKS");
    if (view) {
      String body = row.getString("VIEW_DEFINITION");
      table.definition = body == null ? "" : body.replaceAll("\\s+", " ");
      H2Names.relations(table.definition, name.schema()).forEach(table.reads::add);
    } else {
      table.incarnation = row.getLong("OBJECT_ID") + ":" + row.getLong("LAST_MODIFICATION") + ":"
          + row.getLong("ROW_COUNT_ESTIMATE");
      if (!row.getString("TABLE_TYPE").equals("BASE TABLE")) {
        table.options.add("type=" + row.getString("TABLE_TYPE"));
      }
    }
    return table;
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

  private static void column(
      ResultSet row, TableAssembly table, H2Types types, Map<String, String> domains)
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
    table.columnNumbers.put(name, row.getInt("ORDINAL_POSITION"));
    table.columns.add(new Column(
        name,
        types.ofColumn(row),
        "YES".equals(row.getString("IS_NULLABLE")),
        fallback,
        generation,
        "OFF".equals(collation) ? null : collation,
        row.getString("REMARKS")));
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
          .append(' ')
          .append(H2Names.quoted(row.getString("COLUMN_NAME")))
          .append(' ')
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
