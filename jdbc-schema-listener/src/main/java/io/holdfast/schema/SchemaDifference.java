package io.holdfast.schema;

import io.holdfast.schema.StructureChange.TableCreated;
import io.holdfast.schema.StructureChange.TableDropped;
import io.holdfast.schema.catalog.ObservedTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What turns one database's tables into another's.
 *
 * <p>Tables are matched by schema and name; by name alone if each side has one schema only, so that
 * {@code shop_staging} compares with {@code shop}. Between two databases nothing proves a renaming: a
 * renamed table or column is one dropped and one added.
 *
 * @param whole whether everything was compared; else only what two products tell alike
 * @param compared what was compared, for people
 * @param notCompared what was not, for people; empty if {@code whole}
 * @param tables the changes of each table that has any, by what it is called (on the second side, if it
 *     is there)
 * @param comparedTables how many tables both have
 */
public record SchemaDifference(
    boolean whole,
    String compared,
    String notCompared,
    SortedMap<TableName, List<StructureChange>> tables,
    int comparedTables) {

  /** What is compared besides the structure and the triggers. */
  public enum Aspect {
    COMMENTS,
    PRIVILEGES
  }

  private static final String EVERYTHING = "structures and triggers";

  /** The difference from {@code before} to {@code after}. */
  public static SchemaDifference between(
      SchemaSnapshot before, SchemaSnapshot after, Set<Aspect> besides) {
    boolean whole = speakAlike(before, after);
    boolean byNameAlone =
        !whole || (schemas(before).size() <= 1 && schemas(after).size() <= 1);
    Map<TableName, Named> old = named(before, whole, byNameAlone);
    Map<TableName, Named> now = named(after, whole, byNameAlone);
    var tables = new TreeMap<TableName, List<StructureChange>>();
    int both = 0;
    for (Map.Entry<TableName, Named> entry : old.entrySet()) {
      Named is = now.get(entry.getKey());
      if (is == null) {
        tables.put(entry.getValue().name(), List.of(new TableDropped()));
        continue;
      }
      both++;
      List<StructureChange> changes = changes(entry.getValue().table(), is.table(), whole, besides);
      if (!changes.isEmpty()) {
        tables.put(is.name(), changes);
      }
    }
    now.forEach((key, named) -> {
      if (!old.containsKey(key)) {
        tables.put(named.name(), List.of(new TableCreated()));
      }
    });
    return new SchemaDifference(
        whole,
        whole ? EVERYTHING : PortableForm.COMPARED,
        whole ? "" : PortableForm.NOT_COMPARED,
        tables,
        both);
  }

  /** Whether nothing differs. */
  public boolean isEmpty() {
    return tables.isEmpty();
  }

  private record Named(TableName name, ObservedTable table) {}

  private static Set<String> schemas(SchemaSnapshot snapshot) {
    return snapshot.tables().keySet().stream().map(TableName::schema).collect(Collectors.toSet());
  }

  /** One engine, and where only its driver speaks for it, one driver. */
  private static boolean speakAlike(SchemaSnapshot one, SchemaSnapshot two) {
    boolean sameEngine = one.identity().dialect() == two.identity().dialect();
    Set<String> oneDriver = drivers(one);
    Set<String> twoDriver = drivers(two);
    return sameEngine
        && (oneDriver.equals(twoDriver) || oneDriver.isEmpty() || twoDriver.isEmpty())
        && (one.identity().dialect() != Dialect.GENERIC || oneDriver.equals(twoDriver));
  }

  private static Set<String> drivers(SchemaSnapshot snapshot) {
    return snapshot.observed().values().stream()
        .flatMap(table -> table.structure().options().stream())
        .filter(option -> option.startsWith("lossy="))
        .collect(Collectors.toSet());
  }

  private static Map<TableName, Named> named(
      SchemaSnapshot snapshot, boolean whole, boolean byNameAlone) {
    var named = new HashMap<TableName, Named>();
    snapshot
        .observed()
        .forEach((name, table) -> named.put(
            new TableName(
                byNameAlone ? "" : name.schema(),
                whole ? name.name() : PortableForm.folded(name.name())),
            new Named(name, table)));
    return new TreeMap<>(named);
  }

  private static List<StructureChange> changes(
      ObservedTable before, ObservedTable after, boolean whole, Set<Aspect> besides) {
    TableStructure was = before.structure();
    TableStructure is = after.structure();
    var changes = new ArrayList<StructureChange>(
        whole
            ? StructureDiff.between(was, is)
            : StructureDiff.between(PortableForm.of(was), PortableForm.of(is)));
    if (besides.contains(Aspect.COMMENTS)) {
      changes.addAll(StructureDiff.ofComments(was, is));
    }
    if (besides.contains(Aspect.PRIVILEGES) && whole) {
      changes.addAll(StructureDiff.ofPrivileges(before.privileges(), after.privileges()));
    }
    return changes;
  }
}
