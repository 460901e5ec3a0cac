package io.holdfast.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A schema as a test has made it up, written down in the SQL of one engine. */
final class ModelSchema {

  /** A column; {@code fallback} is the SQL of its default. */
  static final class Column {
    String name;
    ModelGrammar.Type type;
    boolean notNull;

    @Nullable
    String fallback;

    boolean hadDefault;

    Column(String name, ModelGrammar.Type type, boolean notNull, @Nullable String fallback) {
      this.name = name;
      this.type = type;
      this.notNull = notNull;
      this.fallback = fallback;
      this.hadDefault = fallback != null;
    }
  }

  /** A check, unique key, index or foreign key over columns. */
  static final class Part {
    final String kind;
    String name;
    final List<Column> columns;
    /** The constant in a check, the form of an index, the action of a foreign key. */
    int variant;

    final @Nullable Table target;

    Part(String kind, String name, List<Column> columns, int variant, @Nullable Table target) {
      this.kind = kind;
      this.name = name;
      this.columns = List.copyOf(columns);
      this.variant = variant;
      this.target = target;
    }
  }

  /** A table; its first column is the key. */
  static final class Table {
    String name;
    final List<Column> columns = new ArrayList<>();
    final List<Part> parts = new ArrayList<>();
    final String keyName;
    boolean filled;

    Table(String name, String keyName) {
      this.name = name;
      this.keyName = keyName;
    }

    Column key() {
      return columns.get(0);
    }

    Set<Column> used() {
      var used = new LinkedHashSet<Column>(List.of(key()));
      parts.forEach(part -> used.addAll(part.columns));
      return used;
    }

    List<Column> free() {
      Set<Column> used = used();
      return columns.stream().filter(column -> !used.contains(column)).toList();
    }
  }

  /** A view over the first columns of a table. */
  static final class View {
    final String name;
    final Table over;
    int variant;

    View(String name, Table over, int variant) {
      this.name = name;
      this.over = over;
      this.variant = variant;
    }
  }

  private static final List<String> STEMS = List.of(
      "order", "Kunde", "a b", "größe", "select", "x\"y", "it's", "UPPER", "plain", "t_1", "日本",
      "user");

  final List<Table> tables = new ArrayList<>();
  final List<View> views = new ArrayList<>();
  final ModelGrammar grammar;
  private final Random random;
  private int names;

  ModelSchema(ModelGrammar grammar, Random random) {
    this.grammar = grammar;
    this.random = random;
    int count = 3 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      tables.add(table());
    }
  }

  /** A name nobody has yet, quoted or not it reads differently. */
  String newName() {
    return STEMS.get(random.nextInt(STEMS.size())) + names++;
  }

  Table table() {
    var table = new Table(newName(), newName());
    table.columns.add(new Column(newName(), grammar.keyType(), true, null));
    int count = 2 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      table.columns.add(column(/* mayBeRequired= */ true));
    }
    for (String kind : List.of("check", "unique", "index", "foreign key")) {
      if (random.nextInt(3) > 0) {
        Part part = part(kind, table);
        if (part != null) {
          table.parts.add(part);
        }
      }
    }
    table.filled = random.nextBoolean()
        && table.columns.stream()
            .skip(1)
            .allMatch(column -> !column.notNull || column.fallback != null);
    return table;
  }

  Column column(boolean mayBeRequired) {
    ModelGrammar.Type type = pick(grammar.types());
    String fallback = random.nextInt(3) == 0 ? pick(type.literals()) : null;
    boolean required = random.nextInt(3) == 0 && (mayBeRequired || fallback != null);
    return new Column(newName(), type, required, fallback);
  }

  /** A new part of the table, or null if no column is fit for it. */
  @Nullable
  Part part(String kind, Table table) {
    List<Column> fit = new ArrayList<>(table.columns.stream()
        .filter(column -> switch (kind) {
          case "check" -> column.type.numeric();
          case "foreign key" -> column.type.equals(grammar.keyType()) && !column.hadDefault;
          default -> column.type.indexable();
        })
        .filter(column -> column != table.key())
        // An engine may serve a key with an index of the user's, which then cannot be dropped.
        .filter(column -> table.parts.stream()
            .noneMatch(part -> !part.kind.equals("check") && part.columns.contains(column)))
        .toList());
    Collections.shuffle(fit, random);
    if (fit.isEmpty()) {
      return null;
    }
    boolean two = fit.size() > 1 && (kind.equals("unique") || kind.equals("index"));
    List<Column> columns = fit.subList(0, two && random.nextBoolean() ? 2 : 1);
    Table target = !kind.equals("foreign key")
        ? null
        : tables.isEmpty() || random.nextInt(4) == 0 ? table : pick(tables);
    return new Part(kind, newName(), columns, random.nextInt(4), target);
  }

  boolean isReferenced(Table table) {
    return views.stream().anyMatch(view -> view.over == table)
        || tables.stream()
            .filter(other -> other != table)
            .flatMap(other -> other.parts.stream())
            .anyMatch(part -> part.target == table);
  }

  boolean isViewed(Table table) {
    return views.stream().anyMatch(view -> view.over == table);
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** The statements that make it, in any order that the engine takes. */
  List<String> statements(Random order) {
    var shuffled = new ArrayList<>(tables);
    if (grammar.addsForeignKeys()) {
      Collections.shuffle(shuffled, order);
    }
    var sql = new ArrayList<String>();
    var later = new ArrayList<String>();
    for (Table table : shuffled) {
      sql.add(grammar.createTable(table));
      for (Part part : table.parts) {
        if (part.kind.equals("index")) {
          later.add(grammar.createIndex(table, part));
        } else if (part.kind.equals("foreign key") && grammar.addsForeignKeys()) {
          later.add(grammar.addConstraint(table, part));
        }
      }
    }
    Collections.shuffle(later, order);
    sql.addAll(later);
    for (Table table : tables) {
      if (table.filled) {
        sql.add(grammar.insert(table));
      }
    }
    var shuffledViews = new ArrayList<>(views);
    Collections.shuffle(shuffledViews, order);
    shuffledViews.forEach(view -> sql.add(grammar.createView(view)));
    return sql;
  }
}
