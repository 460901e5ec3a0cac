package io.holdfast.schema;

import io.holdfast.schema.ModelSchema.Column;
import io.holdfast.schema.ModelSchema.Part;
import io.holdfast.schema.ModelSchema.Table;
import io.holdfast.schema.ModelSchema.View;
import java.util.List;
import java.util.StringJoiner;

/** How one engine writes what a {@link ModelSchema} holds. Here: what most have in common. */
abstract class ModelGrammar {

  /** A type with defaults for it. */
  record Type(String sql, List<String> literals, boolean numeric, boolean indexable) {
    /** For keys and what refers to them; engines may share one index between a key and an index. */
    static Type key(String sql, String... literals) {
      return new Type(sql, List.of(literals), true, false);
    }

    static Type number(String sql, String... literals) {
      return new Type(sql, List.of(literals), true, true);
    }

    static Type plain(String sql, String... literals) {
      return new Type(sql, List.of(literals), false, true);
    }

    static Type bulky(String sql, String... literals) {
      return new Type(sql, List.of(literals), false, false);
    }
  }

  private final List<Type> types;

  ModelGrammar(Type... types) {
    this.types = List.of(types);
  }

  final List<Type> types() {
    return types;
  }

  /** The type of keys and of what refers to them. */
  Type keyType() {
    return types.get(0);
  }

  /** Whether constraints can be added to and dropped from a table that exists. */
  boolean altersConstraints() {
    return true;
  }

  boolean altersColumns() {
    return true;
  }

  boolean addsForeignKeys() {
    return true;
  }

  boolean renamesIndexes() {
    return true;
  }

  /** Whether a renaming of this table or of its columns can be told from a drop and a creation. */
  boolean seesRenaming(Table table) {
    return true;
  }

  /** Statements that change no structure, together. */
  abstract List<List<String>> idle(Table table);

  String quote(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  String list(List<Column> columns) {
    var list = new StringJoiner(", ", "(", ")");
    columns.forEach(column -> list.add(quote(column.name)));
    return list.toString();
  }

  String column(Column column) {
    return quote(column.name) + " " + column.type.sql()
        + (column.fallback == null ? "" : " DEFAULT " + column.fallback)
        + (column.notNull ? " NOT NULL" : "");
  }

  String createTable(Table table) {
    var body = new StringJoiner(", ", " (", ")");
    table.columns.forEach(column -> body.add(column(column)));
    body.add(
        "CONSTRAINT " + quote(table.keyName) + " PRIMARY KEY (" + quote(table.key().name) + ")");
    for (Part part : table.parts) {
      boolean later = part.kind.equals("foreign key") && addsForeignKeys();
      if (!part.kind.equals("index") && !later) {
        body.add(constraint(part));
      }
    }
    return "CREATE TABLE " + quote(table.name) + body;
  }

  String constraint(Part part) {
    String head = "CONSTRAINT " + quote(part.name) + " ";
    return head
        + switch (part.kind) {
          case "check" -> "CHECK (" + quote(part.columns.get(0).name) + " <> " + part.variant + ")";
          case "unique" -> "UNIQUE " + list(part.columns);
          default ->
            "FOREIGN KEY " + list(part.columns) + " REFERENCES " + quote(part.target.name) + " ("
                + quote(part.target.key().name) + ")"
                + (part.variant % 2 == 1 ? " ON DELETE CASCADE" : "")
                + (part.variant > 1 ? " ON UPDATE CASCADE" : "");
        };
  }

  String createIndex(Table table, Part part) {
    var terms = new StringJoiner(", ", " (", ")");
    part.columns.forEach(
        column -> terms.add(quote(column.name) + (part.variant % 2 == 1 ? " DESC" : "")));
    return "CREATE " + (part.variant > 1 ? "UNIQUE " : "") + "INDEX " + quote(part.name) + " ON "
        + quote(table.name) + terms;
  }

  String createView(View view) {
    return "CREATE VIEW " + quote(view.name) + " AS " + body(view);
  }

  String body(View view) {
    List<Column> columns = view.over.columns;
    return "SELECT " + quote(columns.get(0).name) + " FROM " + quote(view.over.name) + " WHERE "
        + quote(columns.get(0).name) + " > " + view.variant;
  }

  String insert(Table table) {
    return "INSERT INTO " + quote(table.name) + " (" + quote(table.key().name) + ") VALUES (1)";
  }

  String alter(Table table) {
    return "ALTER TABLE " + quote(table.name) + " ";
  }

  String addColumn(Table table, Column column) {
    return alter(table) + "ADD COLUMN " + column(column);
  }

  String dropColumn(Table table, Column column) {
    return alter(table) + "DROP COLUMN " + quote(column.name);
  }

  String renameColumn(Table table, String from, String to) {
    return alter(table) + "RENAME COLUMN " + quote(from) + " TO " + quote(to);
  }

  String renameTable(String from, String to) {
    return "ALTER TABLE " + quote(from) + " RENAME TO " + quote(to);
  }

  String alterColumn(Table table, Column column, String what) {
    return alter(table) + "ALTER COLUMN " + quote(column.name) + " " + what;
  }

  String changeType(Table table, Column column, Type type) {
    return alterColumn(table, column, "SET DATA TYPE " + type.sql());
  }

  String addConstraint(Table table, Part part) {
    return alter(table) + "ADD " + constraint(part);
  }

  String dropConstraint(Table table, Part part) {
    return alter(table) + "DROP CONSTRAINT " + quote(part.name);
  }

  String dropIndex(Table table, Part part) {
    return "DROP INDEX " + quote(part.name);
  }

  String renameIndex(Table table, String from, String to) {
    return "ALTER INDEX " + quote(from) + " RENAME TO " + quote(to);
  }
}
