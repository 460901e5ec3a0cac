package io.holdfast.schema;

import io.holdfast.schema.StructureChange.PartAdded;
import io.holdfast.schema.StructureChange.PartChanged;
import io.holdfast.schema.StructureChange.PartDropped;
import io.holdfast.schema.StructureChange.PartRenamed;
import io.holdfast.schema.StructureParts.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The difference between two lists of parts, matched by kind and name. */
final class PartDiff {

  /** Kinds whose parts are the same part under any name; the name of an option or type says what it is. */
  private static final Set<String> RENAMEABLE =
      Set.of("primary key", "unique", "foreign key", "check", "index", "policy");

  private record Id(String kind, String name) implements Comparable<Id> {
    @Override
    public int compareTo(Id other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : name.compareTo(other.name);
    }
  }

  private final Map<Id, List<Part>> gone;
  private final Map<Id, List<Part>> come;

  private PartDiff(List<Part> before, List<Part> after) {
    this.gone = grouped(before);
    this.come = grouped(after);
  }

  /** Appends what turns the parts {@code before} into those {@code after}. */
  static void collect(List<Part> before, List<Part> after, List<StructureChange> changes) {
    var diff = new PartDiff(before, after);
    diff.dropEqualOnes();
    List<StructureChange> renamed = diff.renamed();
    changes.addAll(diff.differing());
    changes.addAll(renamed);
  }

  private static Map<Id, List<Part>> grouped(List<Part> parts) {
    var groups = new LinkedHashMap<Id, List<Part>>();
    for (Part part : parts) {
      groups
          .computeIfAbsent(new Id(part.kind(), part.name()), id -> new ArrayList<>())
          .add(part);
    }
    groups.values().forEach(group -> group.sort(Comparator.comparing(Part::text)));
    return groups;
  }

  /** Parts that the server leaves unnamed can share a name: the equal ones are paired off first. */
  private void dropEqualOnes() {
    come.forEach((id, parts) -> {
      List<Part> others = gone.getOrDefault(id, List.of());
      parts.removeIf(part -> {
        int equal = indexOf(others, part.fields());
        if (equal >= 0) {
          others.remove(equal);
        }
        return equal >= 0;
      });
    });
    gone.values().removeIf(List::isEmpty);
    come.values().removeIf(List::isEmpty);
  }

  private static int indexOf(List<Part> parts, List<String> fields) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).fields().equals(fields)) {
        return i;
      }
    }
    return -1;
  }

  /** One of a kind went, one of equal definition came, and no third one makes it a guess. */
  private List<StructureChange> renamed() {
    var renamed = new ArrayList<StructureChange>();
    for (Id from : List.copyOf(new TreeSet<>(gone.keySet()))) {
      if (!RENAMEABLE.contains(from.kind()) || come.containsKey(from)) {
        continue;
      }
      List<Id> targets = alike(from, gone, come);
      if (targets.size() == 1 && alike(targets.get(0), come, gone).equals(List.of(from))) {
        Id to = targets.get(0);
        renamed.add(new PartRenamed(from.kind(), from.name(), to.name()));
        gone.remove(from);
        come.remove(to);
      }
    }
    return renamed;
  }

  /** Of the names that are in {@code there} alone, those with the one definition that {@code id} has. */
  private static List<Id> alike(Id id, Map<Id, List<Part>> here, Map<Id, List<Part>> there) {
    List<Part> parts = here.getOrDefault(id, List.of());
    var found = new ArrayList<Id>();
    if (parts.size() == 1) {
      there.forEach((other, candidates) -> {
        boolean sameKind = other.kind().equals(id.kind()) && !here.containsKey(other);
        if (sameKind && indexOf(candidates, parts.get(0).fields()) >= 0) {
          found.add(other);
        }
      });
    }
    return found;
  }

  private List<StructureChange> differing() {
    var changes = new ArrayList<StructureChange>();
    var ids = new TreeSet<>(gone.keySet());
    ids.addAll(come.keySet());
    for (Id id : ids) {
      List<Part> old = gone.getOrDefault(id, List.of());
      List<Part> now = come.getOrDefault(id, List.of());
      int changed = Math.min(old.size(), now.size());
      for (int i = 0; i < changed; i++) {
        changes.add(
            new PartChanged(id.kind(), id.name(), old.get(i).text(), now.get(i).text()));
      }
      old.subList(changed, old.size())
          .forEach(part -> changes.add(new PartDropped(id.kind(), id.name(), part.text())));
      now.subList(changed, now.size())
          .forEach(part -> changes.add(new PartAdded(id.kind(), id.name(), part.text())));
    }
    return changes;
  }
}
