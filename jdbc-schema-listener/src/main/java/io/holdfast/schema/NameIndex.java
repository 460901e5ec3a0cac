package io.holdfast.schema;

import io.holdfast.schema.TableStructure.Column;
import io.holdfast.schema.catalog.ObservedTable;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which tables a name in a statement may be about: the table of that name (in every schema, if the
 * name has none), of an index, constraint, trigger, sequence or type of that name, all tables of a
 * schema of that name, and what depends on them (views, partitions, both ends of a foreign key).
 * Without regard to case, and generous: a table too many is read once for nothing.
 */
final class NameIndex {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_$]+");

  private final Map<TableName, ObservedTable> tables;
  private final Map<String, Set<TableName>> byName = new HashMap<>();
  private final Map<String, Set<TableName>> byPart = new HashMap<>();
  private final Map<TableName, Set<TableName>> dependents = new HashMap<>();

  NameIndex(Map<TableName, ObservedTable> tables) {
    this.tables = tables;
    tables.forEach((name, table) -> {
      TableStructure structure = table.structure();
      byName.computeIfAbsent(fold(name.name()), key -> new HashSet<>()).add(name);
      mention(name.schema(), name);
      if (structure.primaryKey() != null) {
        mention(structure.primaryKey().name(), name);
      }
      structure.uniques().forEach(part -> mention(part.name(), name));
      structure.checks().forEach(part -> mention(part.name(), name));
      structure.indexes().forEach(part -> mention(part.name(), name));
      structure.extras().forEach(part -> words(part.name(), name));
      for (Column column : structure.columns()) {
        words(column.type(), name);
        words(column.defaultExpression(), name);
      }
      structure.foreignKeys().forEach(part -> {
        mention(part.name(), name);
        depends(name, part.references());
        depends(part.references(), name);
      });
      table.reads().forEach(read -> {
        depends(name, read);
        if (structure.kind() != TableStructure.Kind.VIEW) {
          depends(read, name);
        }
      });
    });
  }

  private void mention(String word, TableName table) {
    byPart.computeIfAbsent(fold(word), key -> new HashSet<>()).add(table);
  }

  private void words(@Nullable String text, TableName table) {
    if (text != null) {
      mention(text, table);
      Matcher word = WORD.matcher(text);
      while (word.find()) {
        mention(word.group(), table);
      }
    }
  }

  private void depends(TableName dependent, TableName on) {
    dependents.computeIfAbsent(on, key -> new HashSet<>()).add(dependent);
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Tables whose own name this is. */
  Set<TableName> tablesNamed(SqlName name) {
    var found = new HashSet<>(byName.getOrDefault(fold(name.name()), Set.of()));
    found.removeIf(table -> isElsewhere(name, table));
    return found;
  }

  private static boolean isElsewhere(SqlName name, TableName table) {
    String schema = name.schema();
    return schema != null
        && !schema.isEmpty()
        && !table.schema().isEmpty()
        && !fold(schema).equals(fold(table.schema()));
  }

  /** Everything the names may be about. */
  Set<TableName> resolve(Suspects suspects) {
    if (suspects.everything()) {
      return tables.keySet();
    }
    var found = new HashSet<TableName>();
    var open = new ArrayDeque<TableName>();
    for (SqlName name : suspects.names()) {
      var meant = tablesNamed(name);
      meant.addAll(byPart.getOrDefault(fold(name.name()), Set.of()));
      meant.stream().filter(found::add).forEach(open::add);
    }
    while (!open.isEmpty()) {
      TableName table = open.remove();
      for (TableName dependent : dependents.getOrDefault(table, Set.of())) {
        // Through foreign keys the whole database hangs together; one step along them is enough,
        // views and partitions go on.
        boolean goesOn = !isForeignKeyStep(table, dependent);
        if (tables.containsKey(dependent) && found.add(dependent) && goesOn) {
          open.add(dependent);
        }
      }
    }
    return found;
  }

  private boolean isForeignKeyStep(TableName from, TableName to) {
    ObservedTable dependent = tables.get(to);
    return dependent != null
        && !dependent.reads().contains(from)
        && !reads(from).contains(to);
  }

  private Set<TableName> reads(TableName table) {
    ObservedTable observed = tables.get(table);
    return observed == null ? Set.of() : observed.reads();
  }
}
