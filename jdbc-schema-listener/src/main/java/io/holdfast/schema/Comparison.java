package io.holdfast.schema;

import io.holdfast.schema.StructureChange.TableCreated;
import io.holdfast.schema.StructureChange.TableDropped;
import io.holdfast.schema.StructureChange.TableReplaced;
import io.holdfast.schema.catalog.CatalogReader;
import io.holdfast.schema.catalog.ObservedTable;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What differs between two readings, table by table. */
final class Comparison {

  private Comparison() {}

  /**
   * The changes of each table that has any.
   *
   * @param emptied tables that a statement of ours emptied or dropped: replaced if they are still there
   */
  static Map<TableName, List<StructureChange>> changes(
      Known before, Known after, CatalogReader reader, Set<TableName> emptied) {
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
        if (!was.hash().equals(is.hash())) {
          changes.put(
              name,
              StructureDiff.between(was.observed().structure(), is.observed().structure()));
        }
        if (emptied.contains(name)
            || !was.observed().reads().equals(is.observed().reads())
            || reader.replaced(name, before.reading, after.reading)) {
          replaced.add(name);
        }
      }
    }
    spread(replaced, after);
    for (TableName name : replaced) {
      changes.putIfAbsent(name, List.of(new TableReplaced()));
    }
    return changes;
  }

  /** A view or a partitioned table shows the rows of others: replaced with them. */
  private static void spread(Set<TableName> replaced, Known after) {
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
