package io.holdfast.schema;

import io.holdfast.schema.ModelSchema.Column;
import io.holdfast.schema.ModelSchema.Part;
import io.holdfast.schema.ModelSchema.Table;
import io.holdfast.schema.ModelSchema.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Draws one edit of a {@link ModelSchema} after the other, and knows what each changes. */
final class RandomEdits {

  /**
   * An edit that the model has undergone already.
   *
   * @param sql what makes the database follow
   * @param expected outlines of all changes, by the name of the table or view
   */
  record Edit(List<String> sql, Map<String, Set<String>> expected) {}

  private final ModelSchema model;
  private final ModelGrammar grammar;

  RandomEdits(ModelSchema model) {
    this.model = model;
    this.grammar = model.grammar;
  }

  Edit next() {
    Edit edit = null;
    while (edit == null) {
      edit = attempt(model.below(15), model.pick(model.tables));
    }
    return edit;
  }

  private @Nullable Edit attempt(int which, Table table) {
    return switch (which) {
      case 0 -> addColumn(table);
      case 1 -> dropColumn(table);
      case 2 -> renameColumn(table);
      case 3 -> renameTable(table);
      case 4 -> changeType(table);
      case 5 -> changeNullability(table);
      case 6 -> changeDefault(table);
      case 7 -> addPart(table);
      case 8 -> dropPart(table);
      case 9 -> changePart(table);
      case 10 -> renameIndex(table);
      case 11 -> createTable();
      case 12 -> dropTable(table);
      case 13 -> view(table);
      default -> new Edit(model.pick(grammar.idle(table)), Map.of());
    };
  }

  private static Edit edit(String sql, String table, String... outlines) {
    return new Edit(List.of(sql), expected(table, outlines));
  }

  private static Map<String, Set<String>> expected(String table, String... outlines) {
    var expected = new TreeMap<String, Set<String>>();
    expected.put(table, new TreeSet<>(List.of(outlines)));
    return expected;
  }

  private Edit addColumn(Table table) {
    Column column = model.column(/* mayBeRequired= */ !table.filled && grammar.altersColumns());
    table.columns.add(column);
    return edit(grammar.addColumn(table, column), table.name, "column " + column.name + " added");
  }

  private @Nullable Edit dropColumn(Table table) {
    List<Column> free = table.free();
    if (free.isEmpty() || model.isViewed(table)) {
      return null;
    }
    Column column = model.pick(free);
    String sql = grammar.dropColumn(table, column);
    table.columns.remove(column);
    return edit(sql, table.name, "column " + column.name + " dropped");
  }

  private @Nullable Edit renameColumn(Table table) {
    if (model.isViewed(table) || !grammar.seesRenaming(table)) {
      return null;
    }
    Column column = model.pick(table.columns);
    String from = column.name;
    String to = model.newName();
    String sql = grammar.renameColumn(table, from, to);
    column.name = to;
    Map<String, Set<String>> expected =
        expected(table.name, "column " + from + " renamed to " + to);
    if (column == table.key()) {
      referencesChange(table, expected);
    }
    return new Edit(List.of(sql), expected);
  }

  private void referencesChange(Table target, Map<String, Set<String>> expected) {
    for (Table table : model.tables) {
      for (Part part : table.parts) {
        if (part.target == target && table != target) {
          expected
              .computeIfAbsent(table.name, name -> new TreeSet<>())
              .add("foreign key " + part.name + " changed");
        }
      }
    }
  }

  private @Nullable Edit renameTable(Table table) {
    if (model.isViewed(table) || !grammar.seesRenaming(table)) {
      return null;
    }
    String from = table.name;
    table.name = model.newName();
    String told = "table renamed from " + from + " to " + table.name;
    Map<String, Set<String>> expected = expected(from, told);
    expected.put(table.name, new TreeSet<>(List.of(told)));
    referencesChange(table, expected);
    return new Edit(List.of(grammar.renameTable(from, table.name)), expected);
  }

  private @Nullable Edit changeType(Table table) {
    List<Column> fit = table.free().stream()
        .filter(column -> !column.notNull && column.fallback == null)
        .toList();
    if (fit.isEmpty() || model.isViewed(table) || !grammar.altersColumns()) {
      return null;
    }
    Column column = model.pick(fit);
    ModelGrammar.Type type = model.pick(grammar.types());
    if (type.equals(column.type)) {
      return null;
    }
    column.type = type;
    return edit(
        grammar.changeType(table, column, type),
        table.name,
        "column " + column.name + " type changed");
  }

  private @Nullable Edit changeNullability(Table table) {
    List<Column> free = table.free();
    if (free.isEmpty() || table.filled || !grammar.altersColumns()) {
      return null;
    }
    Column column = model.pick(free);
    column.notNull = !column.notNull;
    return edit(
        grammar.alterColumn(table, column, column.notNull ? "SET NOT NULL" : "DROP NOT NULL"),
        table.name,
        "column " + column.name + " nullability changed");
  }

  private @Nullable Edit changeDefault(Table table) {
    Column column = model.pick(table.columns);
    boolean refers = table.parts.stream()
        .anyMatch(part -> part.kind.equals("foreign key") && part.columns.contains(column));
    if (!grammar.altersColumns() || column == table.key() || refers) {
      return null;
    }
    if (table.filled && column.notNull) {
      return null; // or it could not be made in one go
    }
    List<String> others = new ArrayList<>(column.type.literals());
    others.remove(column.fallback);
    boolean drop = column.fallback != null && (others.isEmpty() || model.below(2) == 0);
    column.fallback = drop ? null : model.pick(others);
    column.hadDefault = true;
    return edit(
        grammar.alterColumn(
            table, column, drop ? "DROP DEFAULT" : "SET DEFAULT " + column.fallback),
        table.name,
        "column " + column.name + " default changed");
  }

  private @Nullable Edit addPart(Table table) {
    Part part = model.part(model.pick(List.of("check", "unique", "index", "foreign key")), table);
    boolean index = part != null && part.kind.equals("index");
    if (part == null || (!index && !grammar.altersConstraints())) {
      return null;
    }
    table.parts.add(part);
    return edit(
        index ? grammar.createIndex(table, part) : grammar.addConstraint(table, part),
        table.name,
        part.kind + " " + part.name + " added");
  }

  private @Nullable Edit dropPart(Table table) {
    Part part = alterablePart(table);
    if (part == null) {
      return null;
    }
    table.parts.remove(part);
    return edit(drop(table, part), table.name, part.kind + " " + part.name + " dropped");
  }

  private @Nullable Part alterablePart(Table table) {
    List<Part> parts = table.parts.stream()
        .filter(part -> grammar.altersConstraints() || part.kind.equals("index"))
        .toList();
    return parts.isEmpty() ? null : model.pick(parts);
  }

  private String drop(Table table, Part part) {
    return part.kind.equals("index")
        ? grammar.dropIndex(table, part)
        : grammar.dropConstraint(table, part);
  }

  /** The same name over another definition. */
  private @Nullable Edit changePart(Table table) {
    Part part = alterablePart(table);
    if (part == null || part.kind.equals("unique")) {
      return null;
    }
    String drop = drop(table, part);
    part.variant = (part.variant + 1) % 4;
    String create = part.kind.equals("index")
        ? grammar.createIndex(table, part)
        : grammar.addConstraint(table, part);
    return new Edit(
        List.of(drop, create), expected(table.name, part.kind + " " + part.name + " changed"));
  }

  private @Nullable Edit renameIndex(Table table) {
    List<Part> indexes =
        table.parts.stream().filter(part -> part.kind.equals("index")).toList();
    if (indexes.size() != 1) {
      return null;
    }
    Part index = indexes.get(0);
    String from = index.name;
    String drop = grammar.dropIndex(table, index);
    index.name = model.newName();
    return new Edit(
        grammar.renamesIndexes()
            ? List.of(grammar.renameIndex(table, from, index.name))
            : List.of(drop, grammar.createIndex(table, index)),
        expected(table.name, "index " + from + " renamed to " + index.name));
  }

  private Edit createTable() {
    Table table = model.table();
    var sql = new ArrayList<String>(List.of(grammar.createTable(table)));
    for (Part part : table.parts) {
      if (part.kind.equals("index")) {
        sql.add(grammar.createIndex(table, part));
      } else if (part.kind.equals("foreign key") && grammar.addsForeignKeys()) {
        sql.add(grammar.addConstraint(table, part));
      }
    }
    if (table.filled) {
      sql.add(grammar.insert(table));
    }
    model.tables.add(table);
    return new Edit(sql, expected(table.name, "table created"));
  }

  private @Nullable Edit dropTable(Table table) {
    if (model.tables.size() < 3 || model.isReferenced(table)) {
      return null;
    }
    model.tables.remove(table);
    return edit("DROP TABLE " + grammar.quote(table.name), table.name, "table dropped");
  }

  private Edit view(Table table) {
    if (model.views.size() < 2) {
      var view = new View(model.newName(), table, model.below(9));
      model.views.add(view);
      return edit(grammar.createView(view), view.name, "table created");
    }
    View view = model.pick(model.views);
    String drop = "DROP VIEW " + grammar.quote(view.name);
    if (model.below(2) == 0) {
      model.views.remove(view);
      return edit(drop, view.name, "table dropped");
    }
    view.variant++;
    return new Edit(
        List.of(drop, grammar.createView(view)), expected(view.name, "definition changed"));
  }
}
