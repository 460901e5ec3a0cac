package io.holdfast.schema.catalog;

import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.TableStructure.Check;
import io.holdfast.schema.TableStructure.Column;
import io.holdfast.schema.TableStructure.Extra;
import io.holdfast.schema.TableStructure.ForeignKey;
import io.holdfast.schema.TableStructure.Index;
import io.holdfast.schema.TableStructure.Kind;
import io.holdfast.schema.catalog.SqliteTableText.Clause;
import io.holdfast.schema.catalog.SqliteTokens.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SQLite files; the schema {@code main} only, since attached files are attached to the user's
 * connection and not to ours.
 *
 * <p>The token is {@code PRAGMA schema_version} with the identity of the file: each DDL statement
 * raises the version by one, a file put in the place of another has another identity. Blind to {@code
 * UPDATE sqlite_schema}, which does not raise it.
 *
 * @see <a href="https://sqlite.org/pragma.html#pragma_schema_version">schema_version</a>
 */
final class SqliteCatalog implements CatalogReader {

  private static final String SCHEMA = "main";

  private static final String TOKEN = "SELECT schema_version FROM pragma_schema_version";

  private static final String STAMPS = """
      SELECT tbl_name, type, name, rowid, coalesce(sql, '')
        FROM main.sqlite_schema
       WHERE tbl_name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
       ORDER BY type, name
      """;

  private static final String TABLES = """
      SELECT s.rowid, l.name, l.type, l.wr, l.strict, s.sql
        FROM pragma_table_list AS l
        JOIN main.sqlite_schema AS s ON s.name = l.name AND s.type IN ('table', 'view')
       WHERE l.schema = 'main' AND l.type IN ('table', 'view', 'virtual')
         AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      """;

  private static final String COLUMNS = """
      SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?, 'main')
       ORDER BY cid
      """;

  private static final String FOREIGN_KEYS = """
      SELECT id, "table", "from", "to", on_update, on_delete
        FROM pragma_foreign_key_list(?, 'main') ORDER BY id, seq
      """;

  private static final String INDEXES = """
      SELECT l.name, l."unique", l.origin, s.sql
        FROM pragma_index_list(?, 'main') AS l
        LEFT JOIN main.sqlite_schema AS s ON s.name = l.name AND s.type = 'index'
      """;

  private static final String INDEX_COLUMNS =
      "SELECT name FROM pragma_index_info(?, 'main') ORDER BY seqno";

  private static final String TRIGGERS =
      "SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger' AND tbl_name = ?";

  private final Path file;

  SqliteCatalog(Path file) {
    this.file = file;
  }

  @Override
  public void pin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Waiting longer for a writer would hold up the user's thread that settles its own DDL.
      statement.execute("PRAGMA busy_timeout = 2000");
      statement.execute("PRAGMA query_only = true");
    }
  }

  @Override
  public Optional<String> token(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TOKEN)) {
      row.next();
      return Optional.of(fileKey() + " " + row.getLong(1));
    }
  }

  private String fileKey() throws SQLException {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return String.valueOf(key);
    } catch (NoSuchFileException e) {
      throw new SQLException("the database file is gone: " + file, "08001", e);
    } catch (IOException e) {
      throw new SQLException("cannot read the attributes of " + file, "08001", e);
    }
  }

  @Override
  public Optional<Map<TableName, String>> stamps(Connection connection, SchemaFilter filter)
      throws SQLException {
    if (!filter.admits(SCHEMA)) {
      return Optional.of(Map.of());
    }
    Set<String> listed = tables(connection).keySet();
    var texts = new HashMap<TableName, StringBuilder>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(STAMPS)) {
      while (rows.next()) {
        String table = rows.getString(1);
        // A trigger's or an index's tbl_name is spelled as its own statement spelled it.
        String name = listed.contains(table) ? table : matching(listed, table);
        if (name != null) {
          StringBuilder text =
              texts.computeIfAbsent(new TableName(SCHEMA, name), key -> new StringBuilder());
          for (int i = 2; i <= 5; i++) {
            text.append(rows.getString(i)).append('\0');
          }
        }
      }
    }
    var stamps = new HashMap<TableName, String>();
    texts.forEach((table, text) -> stamps.put(table, text.toString()));
    return Optional.of(stamps);
  }

  private static @Nullable String matching(Set<String> names, String name) {
    return names.stream().filter(name::equalsIgnoreCase).findFirst().orElse(null);
  }

  private record Row(long rowid, String type, boolean withoutRowid, boolean strict, String sql) {}

  private static Map<String, Row> tables(Connection connection) throws SQLException {
    var tables = new TreeMap<String, Row>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        tables.put(
            row.getString("name"),
            new Row(
                row.getLong("rowid"),
                row.getString("type"),
                row.getBoolean("wr"),
                row.getBoolean("strict"),
                String.valueOf(row.getString("sql"))));
      }
    }
    return tables;
  }

  @Override
  public boolean seesReplacement() {
    return true;
  }

  @Override
  public boolean seesEverything() {
    return true;
  }

  /** A row's number comes back, so the number of DDL statements goes with it. */
  @Override
  public String incarnation(TableName table, Reading reading) {
    ObservedTable observed = reading.tables().get(table);
    return observed == null ? "" : reading.token().orElse("") + " " + observed.incarnation();
  }

  @Override
  public boolean replaced(TableName table, Reading before, Reading after) {
    return new SqliteSuccession(before, after).replaced(table);
  }

  @Override
  public boolean renamed(TableName from, TableName to, Reading before, Reading after) {
    return new SqliteSuccession(before, after).isSame(from, to);
  }

  @Override
  public Map<String, String> renamedColumns(
      TableName from, TableName to, Reading before, Reading after) {
    return new SqliteSuccession(before, after).renamedColumns(from, to);
  }

  @Override
  public Map<TableName, ObservedTable> read(
      Connection connection, SchemaFilter filter, @Nullable Set<TableName> tables)
      throws SQLException {
    if (!filter.admits(SCHEMA)) {
      return Map.of();
    }
    var result = new HashMap<TableName, ObservedTable>();
    Map<String, Row> rows = tables(connection);
    try (PreparedStatement columns = connection.prepareStatement(COLUMNS);
        PreparedStatement foreignKeys = connection.prepareStatement(FOREIGN_KEYS);
        PreparedStatement indexes = connection.prepareStatement(INDEXES);
        PreparedStatement indexColumns = connection.prepareStatement(INDEX_COLUMNS);
        PreparedStatement triggers = connection.prepareStatement(TRIGGERS)) {
      for (Map.Entry<String, Row> entry : rows.entrySet()) {
        var name = new TableName(SCHEMA, entry.getKey());
        if (tables != null && !tables.contains(name)) {
          continue;
        }
        Row row = entry.getValue();
        boolean view = row.type().equals("view");
        var table = new TableAssembly(name, view ? Kind.VIEW : Kind.TABLE);
        table.incarnation = Long.toString(row.rowid());
        if (row.withoutRowid()) {
          table.options.add("without rowid");
        }
        if (row.strict()) {
          table.options.add("strict");
        }
        List<Token> tokens = SqliteTokens.of(row.sql());
        SqliteTableText text = SqliteTableText.of(view ? "" : row.sql());
        if (view) {
          table.definition = SqliteTokens.join(viewBody(tokens));
          mentioned(tokens, rows.keySet(), name).forEach(table.reads::add);
        } else if (row.type().equals("virtual")) {
          table.definition = SqliteTokens.join(tokens);
        }
        columns(columns, table, text, view);
        if (!view) {
          foreignKeys(foreignKeys, table, text);
          indexes(indexes, indexColumns, table);
          texts(table, text, row.type().equals("virtual"));
        }
        triggers(triggers, table);
        result.put(name, table.finish());
      }
    }
    return result;
  }

  /** From AS on: the view's name is not part of its body, but a column list before AS is. */
  private static List<Token> viewBody(List<Token> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is("as") || tokens.get(i).is("(")) {
        return tokens.subList(i, tokens.size());
      }
    }
    return tokens;
  }

  private static List<TableName> mentioned(
      List<Token> tokens, Set<String> names, TableName except) {
    var mentioned = new ArrayList<TableName>();
    for (String name : names) {
      if (!name.equals(except.name())
          && tokens.stream().anyMatch(t -> t.isName() && t.text().equalsIgnoreCase(name))) {
        mentioned.add(new TableName(SCHEMA, name));
      }
    }
    return mentioned;
  }

  private static void columns(
      PreparedStatement statement, TableAssembly table, SqliteTableText text, boolean view)
      throws SQLException {
    var key = new TreeMap<Integer, String>();
    statement.setString(1, table.name.name());
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        String name = row.getString("name");
        int hidden = row.getInt("hidden");
        String fallback = row.getString("dflt_value");
        table.columnNumbers.put(name, table.columns.size());
        table.columns.add(new Column(
            name,
            typeText(row.getString("type")),
            !row.getBoolean("notnull"),
            // DEFAULT NULL is what a column has without any.
            fallback == null || fallback.equalsIgnoreCase("null")
                ? null
                : SqliteTokens.join(SqliteTokens.of(fallback)),
            hidden > 1 && !view ? text.column(name).generation : null,
            view ? null : text.column(name).collation,
            null));
        if (row.getInt("pk") > 0) {
          key.put(row.getInt("pk"), name);
        }
      }
    }
    if (!key.isEmpty()) {
      table.primaryKey = new TableStructure.Key("", List.copyOf(key.values()), "");
    }
  }

  private static String typeText(@Nullable String type) {
    return type == null || type.isEmpty()
        ? "any"
        : SqliteTokens.join(SqliteTokens.of(type))
            .replace(" (", "(")
            .replace("( ", "(")
            .replace(" )", ")")
            .replace(" ,", ",");
  }

  private static void foreignKeys(
      PreparedStatement statement, TableAssembly table, SqliteTableText text) throws SQLException {
    record Reference(String table, List<String> from, List<String> to, String actions) {}
    var references = new TreeMap<Integer, Reference>();
    statement.setString(1, table.name.name());
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        String actions =
            "on update " + row.getString("on_update") + " on delete " + row.getString("on_delete");
        String target = row.getString("table");
        Reference reference = references.computeIfAbsent(
            row.getInt("id"),
            id -> new Reference(target, new ArrayList<>(), new ArrayList<>(), actions));
        reference.from().add(row.getString("from"));
        if (row.getString("to") != null) {
          reference.to().add(row.getString("to"));
        }
      }
    }
    int count = references.size();
    references.forEach((id, reference) -> {
      // The pragma counts from the last clause of the text to the first.
      int position = count - 1 - id;
      Clause clause = position >= 0 && text.references.size() == count
          ? text.references.get(position)
          : new Clause("", "");
      String name = clause.name().isEmpty()
          ? "(" + String.join(", ", reference.from()) + ") -> "
              + reference.table().toLowerCase(Locale.ROOT)
          : clause.name();
      table.foreignKeys.add(new ForeignKey(
          name,
          reference.from(),
          new TableName(SCHEMA, reference.table()),
          reference.to(),
          (reference.actions().toLowerCase(Locale.ROOT) + " " + clause.text()).strip()));
    });
  }

  private static void indexes(
      PreparedStatement statement, PreparedStatement columnsOf, TableAssembly table)
      throws SQLException {
    statement.setString(1, table.name.name());
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        String name = row.getString("name");
        String sql = row.getString("sql");
        switch (row.getString("origin")) {
          case "c" ->
            table.indexes.add(
                new Index(name, row.getBoolean("unique"), sql == null ? "" : indexDefinition(sql)));
          case "u" -> {
            List<String> columns = columnsOf(columnsOf, name);
            // SQLite numbers such indexes in the order of the text.
            table.uniques.add(
                new TableStructure.Key("(" + String.join(", ", columns) + ")", columns, ""));
          }
          default -> {
            /* pk: the primary key, read from the columns */
          }
        }
      }
    }
  }

  private static List<String> columnsOf(PreparedStatement statement, String index)
      throws SQLException {
    var columns = new ArrayList<String>();
    statement.setString(1, index);
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        columns.add(String.valueOf(row.getString(1)));
      }
    }
    return columns;
  }

  /** What follows {@code ON table}. */
  private static String indexDefinition(String sql) {
    List<Token> tokens = SqliteTokens.of(sql);
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is("(")) {
        return SqliteTokens.join(tokens.subList(i, tokens.size()));
      }
    }
    return SqliteTokens.join(tokens);
  }

  private static void texts(TableAssembly table, SqliteTableText text, boolean virtual) {
    for (Clause check : text.checks) {
      table.checks.add(
          new Check(check.name().isEmpty() ? check.text() : check.name(), check.text()));
    }
    text.columns.forEach((name, column) -> {
      if (!column.rest.isEmpty()) {
        table.extras.add(new Extra("clause", name, SqliteTokens.join(column.rest)));
      }
    });
    if (!text.rest.isEmpty() && !virtual) {
      table.extras.add(new Extra("clause", "", SqliteTokens.join(text.rest)));
    }
  }

  private static void triggers(PreparedStatement statement, TableAssembly table)
      throws SQLException {
    statement.setString(1, table.name.name());
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        table.extras.add(new Extra(
            "trigger",
            row.getString("name"),
            SqliteTokens.join(SqliteTokens.of(row.getString("sql")))));
      }
    }
  }
}
