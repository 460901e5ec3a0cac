package io.holdfast.schema.catalog;

import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.TableStructure.Check;
import io.holdfast.schema.TableStructure.Column;
import io.holdfast.schema.TableStructure.Extra;
import io.holdfast.schema.TableStructure.ForeignKey;
import io.holdfast.schema.TableStructure.Index;
import io.holdfast.schema.TableStructure.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One relation while the rows that describe it come in. Confined to the reading thread. */
final class TableAssembly {

  final TableName name;
  Kind kind;
  String incarnation = "";

  @Nullable
  String comment;

  @Nullable
  String definition;

  TableStructure.@Nullable Key primaryKey;

  final Set<String> options = new TreeSet<>();
  final List<Column> columns = new ArrayList<>();
  final List<TableStructure.Key> uniques = new ArrayList<>();
  final List<ForeignKey> foreignKeys = new ArrayList<>();
  final List<Check> checks = new ArrayList<>();
  final List<Index> indexes = new ArrayList<>();
  final List<Extra> extras = new ArrayList<>();
  final Set<TableName> reads = new LinkedHashSet<>();
  final Map<String, Integer> columnNumbers = new HashMap<>();
  final Set<String> privileges = new HashSet<>();

  TableAssembly(TableName name, Kind kind) {
    this.name = name;
    this.kind = kind;
  }

  /** Names of keys, constraints and indexes, as far as they are part of the structure. */
  Stream<String> partNames() {
    return Stream.of(
            primaryKey == null ? Stream.<String>empty() : Stream.of(primaryKey.name()),
            uniques.stream().map(TableStructure.Key::name),
            foreignKeys.stream().map(ForeignKey::name),
            checks.stream().map(Check::name),
            indexes.stream().map(Index::name))
        .flatMap(names -> names);
  }

  ObservedTable finish() {
    uniques.sort(Comparator.comparing(TableStructure.Key::name));
    foreignKeys.sort(Comparator.comparing(ForeignKey::name));
    checks.sort(Comparator.comparing(Check::name).thenComparing(Check::expression));
    indexes.sort(Comparator.comparing(Index::name));
    extras.sort(Comparator.comparing(Extra::kind)
        .thenComparing(Extra::name)
        .thenComparing(Extra::definition));
    var structure = new TableStructure(
        name,
        kind,
        List.copyOf(options),
        columns,
        primaryKey,
        uniques,
        foreignKeys,
        checks,
        indexes,
        definition,
        extras,
        comment);
    return new ObservedTable(structure, incarnation, reads, columnNumbers, privileges);
  }
}
