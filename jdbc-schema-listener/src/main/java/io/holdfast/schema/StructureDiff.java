package io.holdfast.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The difference between two structures, triggers included. Empty exactly if both their hashes are
 * equal, of the structure and of the triggers; the difference the other way round is the mirror image. Columns and parts are matched by name. A part that went while
 * one of equal definition and kind came is a renamed part; a column is renamed only if the caller knows
 * so, else one is dropped and one added.
 */
public final class StructureDiff {

  private StructureDiff() {}

  /** What turns {@code before} into {@code after}: columns first, in their order, then other parts. */
  public static List<StructureChange> between(TableStructure before, TableStructure after) {
    return between(before, after, Map.of());
  }

  /**
   * The same, knowing which columns were renamed. What merely follows from a renaming, such as a key
   * that lists the column under its new name, is no difference of its own.
   *
   * @param renamedColumns new names by old names
   */
  static List<StructureChange> between(
      TableStructure before, TableStructure after, Map<String, String> renamedColumns) {
    var changes = new ArrayList<StructureChange>();
    TableStructure aligned =
        renamedColumns.isEmpty() ? before : RenamedColumns.in(before, after, renamedColumns);
    renamedColumns.forEach((from, to) -> changes.add(new StructureChange.ColumnRenamed(from, to)));
    changes.sort((a, b) -> a.describe().compareTo(b.describe()));
    ColumnDiff.collect(aligned.columns(), after.columns(), changes);
    PartDiff.collect(StructureParts.of(aligned), StructureParts.of(after), changes);
    PartDiff.collect(StructureParts.triggers(aligned), StructureParts.triggers(after), changes);
    return List.copyOf(changes);
  }

  /** What differs in the comments on a relation and its columns, which are no structure. */
  public static List<StructureChange> ofComments(TableStructure before, TableStructure after) {
    var changes = new ArrayList<StructureChange>();
    PartDiff.collect(StructureParts.comments(before), StructureParts.comments(after), changes);
    return List.copyOf(changes);
  }

  /** What differs in the privileges. */
  static List<StructureChange> ofPrivileges(Set<String> before, Set<String> after) {
    var changes = new ArrayList<StructureChange>();
    PartDiff.collect(StructureParts.privileges(before), StructureParts.privileges(after), changes);
    return List.copyOf(changes);
  }
}
