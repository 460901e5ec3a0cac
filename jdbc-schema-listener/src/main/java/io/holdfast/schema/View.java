package io.holdfast.schema;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What look-ups see: the structures and the doubts of one moment. Immutable.
 *
 * @param known the last reading that was believed
 * @param everythingInDoubt whether no table has a key
 * @param inDoubt tables without a key
 * @param structures of the tables that are not in doubt
 */
record View(
    Known known,
    boolean everythingInDoubt,
    Set<TableName> inDoubt,
    Map<TableName, TableStructure> structures) {

  static final View NOTHING = new View(Known.NOTHING, true, Set.of(), Map.of());

  Known.@Nullable Entry find(TableName table) {
    if (everythingInDoubt || (!inDoubt.isEmpty() && inDoubt.contains(table))) {
      return null;
    }
    return known.entries.get(table);
  }

  /** The next view; shares the map of structures where nothing about it changed. */
  View next(Known nextKnown, boolean nextEverything, Set<TableName> nextInDoubt) {
    Map<TableName, TableStructure> visible;
    if (nextEverything) {
      visible = Map.of();
    } else if (known.entries == nextKnown.entries
        && !everythingInDoubt
        && inDoubt.equals(nextInDoubt)) {
      visible = structures;
    } else {
      visible = visible(nextKnown, nextInDoubt);
    }
    return new View(nextKnown, nextEverything, nextInDoubt, visible);
  }

  private static Map<TableName, TableStructure> visible(Known known, Set<TableName> inDoubt) {
    var visible = new HashMap<TableName, TableStructure>();
    known.reading.tables().forEach((table, observed) -> {
      if (!inDoubt.contains(table)) {
        visible.put(table, observed.structure());
      }
    });
    return Map.copyOf(visible);
  }
}
