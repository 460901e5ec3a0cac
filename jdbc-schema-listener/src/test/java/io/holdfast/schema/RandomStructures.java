package io.holdfast.schema;

import io.holdfast.schema.StructureChange.ColumnAdded;
import io.holdfast.schema.StructureChange.ColumnChanged;
import io.holdfast.schema.StructureChange.ColumnDropped;
import io.holdfast.schema.StructureChange.PartAdded;
import io.holdfast.schema.StructureChange.PartChanged;
import io.holdfast.schema.StructureChange.PartDropped;
import io.holdfast.schema.TableStructure.Check;
import io.holdfast.schema.TableStructure.Column;
import io.holdfast.schema.TableStructure.Extra;
import io.holdfast.schema.TableStructure.ForeignKey;
import io.holdfast.schema.TableStructure.Index;
import io.holdfast.schema.TableStructure.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Structures and single edits of them, drawn from a seed. */
final class RandomStructures {

  /** An edited structure and the one change that the edit was. */
  record Edit(TableStructure result, StructureChange change) {}

  private static final List<String> TYPES =
      List.of("integer", "bigint", "text", "numeric(10,2)", "numeric(10, 2)", "date");
  private final Random random;

  RandomStructures(long seed) {
    this.random = new Random(seed);
  }

  TableStructure next() {
    var columns = new ArrayList<Column>();
    int count = 2 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      columns.add(new Column(
          "c" + i,
          pick(TYPES),
          random.nextBoolean(),
          random.nextBoolean() ? null : "d" + random.nextInt(3),
          random.nextInt(4) == 0 ? "stored (x)" : null,
          random.nextInt(4) == 0 ? "nocase" : null,
          null));
    }
    Collections.shuffle(columns, random);
    var uniques = new ArrayList<TableStructure.Key>();
    var foreignKeys = new ArrayList<ForeignKey>();
    var checks = new ArrayList<Check>();
    var indexes = new ArrayList<Index>();
    var extras = new ArrayList<Extra>();
    for (int i = 0; i < random.nextInt(3); i++) {
      uniques.add(new TableStructure.Key("u" + i, List.of("c0", "c" + i), ""));
      foreignKeys.add(new ForeignKey(
          "f" + i, List.of("c0"), new TableName("s", "other" + i), List.of("id"), "on delete x"));
      checks.add(new Check("k" + i, "c0 > " + i));
      indexes.add(new Index("i" + i, random.nextBoolean(), "btree (c" + i + ")"));
      extras.add(new Extra("trigger", "t" + i, "after insert"));
    }
    return new TableStructure(
        new TableName("s", "t"),
        Kind.TABLE,
        random.nextBoolean() ? List.of() : List.of("strict"),
        columns,
        random.nextBoolean() ? null : new TableStructure.Key("p", List.of("c0"), ""),
        uniques,
        foreignKeys,
        checks,
        indexes,
        null,
        extras,
        null);
  }

  /** The same structure told in another order, with other comments, under another name. */
  TableStructure retold(TableStructure table) {
    var columns = new ArrayList<Column>();
    for (Column c : table.columns()) {
      columns.add(new Column(
          c.name(),
          c.type(),
          c.nullable(),
          c.defaultExpression(),
          c.generation(),
          c.collation(),
          "another comment"));
    }
    var schema = new TableName("elsewhere", "copy");
    var foreignKeys = new ArrayList<ForeignKey>();
    for (ForeignKey key : table.foreignKeys()) {
      foreignKeys.add(new ForeignKey(
          key.name(),
          key.columns(),
          new TableName("elsewhere", key.references().name()),
          key.referencedColumns(),
          key.detail()));
    }
    return new TableStructure(
        schema,
        table.kind(),
        table.options(),
        columns,
        table.primaryKey(),
        reversed(table.uniques()),
        reversed(foreignKeys),
        reversed(table.checks()),
        reversed(table.indexes()),
        table.definition(),
        reversed(table.extras()),
        "another comment");
  }

  Edit edit(TableStructure t) {
    var columns = new ArrayList<>(t.columns());
    int at = random.nextInt(columns.size());
    Column c = columns.get(at);
    return switch (random.nextInt(11)) {
      case 0 -> {
        columns.add(at, new Column("new", "text", true, null, null, null, null));
        yield new Edit(with(t, columns), new ColumnAdded("new", "text"));
      }
      case 1 -> {
        columns.remove(at);
        yield new Edit(with(t, columns), new ColumnDropped(c.name()));
      }
      case 2 -> {
        columns.set(at, column(c, c.type() + "(9)", c.nullable(), c.defaultExpression()));
        yield new Edit(
            with(t, columns), new ColumnChanged(c.name(), "type", c.type(), c.type() + "(9)"));
      }
      case 3 -> {
        columns.set(at, column(c, c.type(), !c.nullable(), c.defaultExpression()));
        yield new Edit(
            with(t, columns),
            new ColumnChanged(
                c.name(),
                "nullability",
                c.nullable() ? "null" : "not null",
                c.nullable() ? "not null" : "null"));
      }
      case 4 -> {
        columns.set(at, column(c, c.type(), c.nullable(), "other"));
        yield new Edit(
            with(t, columns),
            new ColumnChanged(
                c.name(),
                "default",
                c.defaultExpression() == null ? "none" : c.defaultExpression(),
                "other"));
      }
      case 5 -> {
        var indexes = new ArrayList<>(t.indexes());
        indexes.add(new Index("new", true, "btree (c0)"));
        yield new Edit(
            parts(t, indexes, t.checks()), new PartAdded("index", "new", "unique btree (c0)"));
      }
      case 6 -> {
        var checks = new ArrayList<>(t.checks());
        checks.add(new Check("new", "c0 <> 7"));
        yield new Edit(parts(t, t.indexes(), checks), new PartAdded("check", "new", "c0 <> 7"));
      }
      case 7 -> {
        if (t.checks().isEmpty()) {
          yield edit(t);
        }
        var checks = new ArrayList<>(t.checks());
        Check gone = checks.remove(0);
        yield new Edit(
            parts(t, t.indexes(), checks),
            new PartDropped("check", gone.name(), gone.expression()));
      }
      case 8 -> {
        if (t.checks().isEmpty()) {
          yield edit(t);
        }
        var checks = new ArrayList<>(t.checks());
        Check was = checks.set(0, new Check(checks.get(0).name(), "c0 > 99"));
        yield new Edit(
            parts(t, t.indexes(), checks),
            new PartChanged("check", was.name(), was.expression(), "c0 > 99"));
      }
      case 9 -> {
        if (t.indexes().isEmpty()) {
          yield edit(t);
        }
        var indexes = new ArrayList<>(t.indexes());
        Index was = indexes.get(0);
        indexes.set(0, new Index(was.name(), !was.unique(), was.definition()));
        String plain = was.definition();
        yield new Edit(
            parts(t, indexes, t.checks()),
            new PartChanged(
                "index",
                was.name(),
                was.unique() ? "unique " + plain : plain,
                was.unique() ? plain : "unique " + plain));
      }
      default -> {
        if (columns.size() < 3) {
          yield edit(t);
        }
        // Over at least two others, so that there is no doubt which column moved.
        Column moved = columns.remove(0);
        columns.add(moved);
        yield new Edit(
            with(t, columns),
            new ColumnChanged(moved.name(), "position", "1", Integer.toString(columns.size())));
      }
    };
  }

  private static Column column(Column c, String type, boolean nullable, String fallback) {
    return new Column(
        c.name(), type, nullable, fallback, c.generation(), c.collation(), c.comment());
  }

  private static TableStructure with(TableStructure t, List<Column> columns) {
    return new TableStructure(
        t.name(),
        t.kind(),
        t.options(),
        columns,
        t.primaryKey(),
        t.uniques(),
        t.foreignKeys(),
        t.checks(),
        t.indexes(),
        t.definition(),
        t.extras(),
        t.comment());
  }

  private static TableStructure parts(TableStructure t, List<Index> indexes, List<Check> checks) {
    return new TableStructure(
        t.name(),
        t.kind(),
        t.options(),
        t.columns(),
        t.primaryKey(),
        t.uniques(),
        t.foreignKeys(),
        checks,
        indexes,
        t.definition(),
        t.extras(),
        t.comment());
  }

  private static <T> List<T> reversed(List<T> list) {
    var copy = new ArrayList<>(list);
    Collections.reverse(copy);
    return copy;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
