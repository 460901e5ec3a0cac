package io.holdfast.schema;

import io.holdfast.schema.StructureChange.ColumnAdded;
import io.holdfast.schema.StructureChange.ColumnChanged;
import io.holdfast.schema.StructureChange.ColumnDropped;
import io.holdfast.schema.TableStructure.Column;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The difference between two lists of columns, matched by name. */
final class ColumnDiff {

  private static final List<String> ASPECTS =
      List.of("name", "type", "nullability", "default", "generation", "collation");

  private ColumnDiff() {}

  /** Appends what turns the columns of {@code before} into those of {@code after}. */
  static void collect(List<Column> before, List<Column> after, List<StructureChange> changes) {
    Map<String, Column> old = byName(before);
    Map<String, Column> now = byName(after);
    before.stream()
        .filter(column -> !now.containsKey(column.name()))
        .forEach(column -> changes.add(new ColumnDropped(column.name())));
    for (Column column : after) {
      Column was = old.get(column.name());
      if (was == null) {
        changes.add(new ColumnAdded(column.name(), column.type()));
      } else {
        aspects(was, column, changes);
      }
    }
    positions(before, after, changes);
  }

  private static Map<String, Column> byName(List<Column> columns) {
    var map = new LinkedHashMap<String, Column>();
    columns.forEach(column -> map.put(column.name(), column));
    return map;
  }

  private static void aspects(Column was, Column is, List<StructureChange> changes) {
    List<@Nullable String> old = StructureParts.columnFields(was);
    List<@Nullable String> now = StructureParts.columnFields(is);
    for (int i = 1; i < old.size(); i++) {
      String before = old.get(i);
      String after = now.get(i);
      if (!Objects.equals(before, after)) {
        changes.add(new ColumnChanged(is.name(), ASPECTS.get(i), orNone(before), orNone(after)));
      }
    }
  }

  private static String orNone(@Nullable String text) {
    return text == null ? "none" : text;
  }

  /** Columns that stand in another order among those that both structures have. */
  private static void positions(
      List<Column> before, List<Column> after, List<StructureChange> changes) {
    List<String> old = before.stream().map(Column::name).toList();
    List<String> now = after.stream().map(Column::name).toList();
    Set<String> inBoth = new HashSet<>(old);
    inBoth.retainAll(new HashSet<>(now));
    List<String> oldOrder = old.stream().filter(inBoth::contains).toList();
    List<String> newOrder = now.stream().filter(inBoth::contains).toList();
    if (oldOrder.equals(newOrder)) {
      return;
    }
    // Always computed in the same direction, or the mirror image might blame other columns.
    Set<String> inPlace = String.join("\0", oldOrder).compareTo(String.join("\0", newOrder)) < 0
        ? longestCommonOrder(oldOrder, newOrder)
        : longestCommonOrder(newOrder, oldOrder);
    for (String column : newOrder) {
      if (!inPlace.contains(column)) {
        changes.add(new ColumnChanged(
            column,
            "position",
            Integer.toString(old.indexOf(column) + 1),
            Integer.toString(now.indexOf(column) + 1)));
      }
    }
  }

  /** The longest increasing subsequence of the old positions, read in the new order. */
  private static Set<String> longestCommonOrder(List<String> oldOrder, List<String> newOrder) {
    var oldPosition = new HashMap<String, Integer>();
    for (int i = 0; i < oldOrder.size(); i++) {
      oldPosition.put(oldOrder.get(i), i);
    }
    int size = newOrder.size();
    int[] position = new int[size];
    int[] length = new int[size];
    int[] previous = new int[size];
    int best = 0;
    for (int i = 0; i < size; i++) {
      position[i] = oldPosition.getOrDefault(newOrder.get(i), 0);
      length[i] = 1;
      previous[i] = -1;
      for (int j = 0; j < i; j++) {
        if (position[j] < position[i] && length[j] + 1 > length[i]) {
          length[i] = length[j] + 1;
          previous[i] = j;
        }
      }
      if (length[i] > length[best]) {
        best = i;
      }
    }
    var kept = new HashSet<String>();
    for (int i = best; i >= 0; i = previous[i]) {
      kept.add(newOrder.get(i));
    }
    return kept;
  }
}
