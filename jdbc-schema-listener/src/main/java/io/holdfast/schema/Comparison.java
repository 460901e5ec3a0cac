package io.holdfast.schema;

import io.holdfast.schema.StructureChange.TableCreated;
import io.holdfast.schema.StructureChange.TableDropped;
import io.holdfast.schema.StructureChange.TableRenamed;
import io.holdfast.schema.StructureChange.TableReplaced;
import io.holdfast.schema.catalog.CatalogReader;
import io.holdfast.schema.catalog.ObservedTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What differs between two readings, table by table. */
final class Comparison {

  private final Known before;
  private final Known after;
  private final CatalogReader reader;

  private Comparison(Known before, Known after, CatalogReader reader) {
    this.before = before;
    this.after = after;
    this.reader = reader;
  }

  /**
   * The changes of each table that has any.
   *
   * @param emptied tables that a statement of ours emptied or dropped: replaced if they are still there
   */
  static Map<TableName, List<StructureChange>> changes(
      Known before, Known after, CatalogReader reader, Set<TableName> emptied) {
    return new Comparison(before, after, reader).changes(emptied);
  }

  private Map<TableName, List<StructureChange>> changes(Set<TableName> emptied) {
    var changes = new TreeMap<TableName, List<StructureChange>>();
    var names = new TreeSet<>(before.entries.keySet());
    names.addAll(after.entries.keySet());
    var replaced = new HashSet<TableName>();
    for (TableName name : names) {
      Known.Entry was = before.entries.get(name);
      Known.Entry is = after.entries.get(name);
      if (was == null) {
        changes.put(name, List.of(new TableCreated()));
        replaced.add(name);
      } else if (is == null) {
        changes.put(name, List.of(new TableDropped()));
        replaced.add(name);
      } else {
        if (!was.looksLike(is)) {
          changes.put(name, differences(name, was, name, is));
        }
        if (emptied.contains(name)
            || !was.observed().reads().equals(is.observed().reads())
            || reader.replaced(name, before.reading, after.reading)) {
          replaced.add(name);
        }
      }
    }
    renamings(changes, replaced);
    spread(replaced);
    for (TableName name : replaced) {
      changes.putIfAbsent(name, List.of(new TableReplaced()));
    }
    return changes;
  }

  private List<StructureChange> differences(
      TableName from, Known.Entry was, TableName to, Known.Entry is) {
    return StructureDiff.between(
        was.observed().structure(),
        is.observed().structure(),
        reader.renamedColumns(from, to, before.reading, after.reading));
  }

  /** Tells of a table that changed its name, where it would tell of one dropped, one created. */
  private void renamings(Map<TableName, List<StructureChange>> changes, Set<TableName> replaced) {
    List<TableName> others = replaced.stream().sorted().toList();
    for (TableName to : others) {
      for (TableName from : others) {
        Known.Entry was = before.entries.get(from);
        Known.Entry is = after.entries.get(to);
        if (was == null
            || is == null
            || from.equals(to)
            || !reader.renamed(from, to, before.reading, after.reading)) {
          continue;
        }
        var renamed = new TableRenamed(from, to);
        if (!before.entries.containsKey(to)) {
          var told = new ArrayList<StructureChange>(List.of(renamed));
          told.addAll(differences(from, was, to, is));
          changes.put(to, List.copyOf(told));
        }
        if (!after.entries.containsKey(from)) {
          changes.put(from, List.of(renamed));
        }
      }
    }
  }

  /** A view or a partitioned table shows the rows of others: replaced with them. */
  private void spread(Set<TableName> replaced) {
    var readers = new HashMap<TableName, Set<TableName>>();
    after.reading.tables().forEach((name, table) -> {
      for (TableName read : table.reads()) {
        readers.computeIfAbsent(read, key -> new HashSet<>()).add(name);
      }
    });
    var open = new ArrayDeque<>(replaced);
    while (!open.isEmpty()) {
      for (TableName reader : readers.getOrDefault(open.remove(), Set.of())) {
        if (replaced.add(reader)) {
          open.add(reader);
        }
      }
    }
  }

  /**
   * Whether a reading is too good a reason for doubt to be believed: everything gone, or most of it
   * where missing may mean invisible, and no statement of ours that dropped anything.
   */
  static boolean isImplausible(
      Map<TableName, ObservedTable> before,
      Map<TableName, ObservedTable> after,
      boolean seesEverything) {
    if (after.isEmpty()) {
      return before.size() > (seesEverything ? 1 : 0);
    }
    long lost =
        before.keySet().stream().filter(name -> !after.containsKey(name)).count();
    return !seesEverything && before.size() >= 4 && lost * 2 > before.size();
  }
}
