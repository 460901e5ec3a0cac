package io.holdfast.schema;

import io.holdfast.schema.StructureChange.ColumnAdded;
import io.holdfast.schema.StructureChange.ColumnChanged;
import io.holdfast.schema.StructureChange.ColumnDropped;
import io.holdfast.schema.StructureChange.PartAdded;
import io.holdfast.schema.StructureChange.PartChanged;
import io.holdfast.schema.StructureChange.PartDropped;
import io.holdfast.schema.StructureParts.Part;
import io.holdfast.schema.TableStructure.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The difference between two structures. Empty exactly if their hashes are equal; the difference the
 * other way round is the mirror image. Columns and parts are matched by name: a renamed column is one
 * dropped and one added.
 */
public final class StructureDiff {

  private static final List<String> ASPECTS =
      List.of("name", "type", "nullability", "default", "generation", "collation");

  private StructureDiff() {}

  /** What turns {@code before} into {@code after}: columns first, in their order, then other parts. */
  public static List<StructureChange> between(TableStructure before, TableStructure after) {
    var changes = new ArrayList<StructureChange>();
    columns(before.columns(), after.columns(), changes);
    parts(before, after, changes);
    return List.copyOf(changes);
  }

  private static void columns(
      List<Column> before, List<Column> after, List<StructureChange> changes) {
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

  private static void parts(
      TableStructure before, TableStructure after, List<StructureChange> changes) {
    Map<List<String>, List<Part>> old = grouped(StructureParts.of(before));
    Map<List<String>, List<Part>> now = grouped(StructureParts.of(after));
    var ids = new TreeMap<List<String>, Boolean>((a, b) ->
        a.get(0).equals(b.get(0)) ? a.get(1).compareTo(b.get(1)) : a.get(0).compareTo(b.get(0)));
    old.keySet().forEach(id -> ids.put(id, true));
    now.keySet().forEach(id -> ids.put(id, true));
    for (List<String> id : ids.keySet()) {
      var gone = new ArrayList<>(old.getOrDefault(id, List.of()));
      var come = new ArrayList<>(now.getOrDefault(id, List.of()));
      // Parts that the server leaves unnamed can share a name: pair the equal ones off first.
      for (Part part : List.copyOf(come)) {
        Part equal = firstWithFields(gone, part.fields());
        if (equal != null) {
          gone.remove(equal);
          come.remove(part);
        }
      }
      int changed = Math.min(gone.size(), come.size());
      for (int i = 0; i < changed; i++) {
        changes.add(new PartChanged(
            id.get(0), id.get(1), gone.get(i).text(), come.get(i).text()));
      }
      gone.subList(changed, gone.size())
          .forEach(part -> changes.add(new PartDropped(part.kind(), part.name(), part.text())));
      come.subList(changed, come.size())
          .forEach(part -> changes.add(new PartAdded(part.kind(), part.name(), part.text())));
    }
  }

  private static @Nullable Part firstWithFields(List<Part> parts, List<String> fields) {
    for (Part part : parts) {
      if (part.fields().equals(fields)) {
        return part;
      }
    }
    return null;
  }

  private static Map<List<String>, List<Part>> grouped(List<Part> parts) {
    var groups = new LinkedHashMap<List<String>, List<Part>>();
    for (Part part : parts) {
      groups
          .computeIfAbsent(List.of(part.kind(), part.name()), id -> new ArrayList<>())
          .add(part);
    }
    groups
        .values()
        .forEach(group -> Collections.sort(group, (a, b) -> a.text().compareTo(b.text())));
    return groups;
  }
}
