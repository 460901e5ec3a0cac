package io.holdfast.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random schemas and random edits on a real engine: a table's hash changes exactly when its structure
 * does, the diff names exactly the edit, and where it all leads to has the hashes of the same schema
 * made in one go, in another order, elsewhere. A failure names its seed; {@code -Dholdfast.seed=N} runs
 * that one, {@code -Dholdfast.seeds=N} more of them.
 */
abstract class StructurePropertySpec {

  private static final int EDITS = 25;

  abstract ModelGrammar grammar();

  /** A database that nobody has used; {@code other} on another server, or another file, if there is. */
  abstract String newDatabase(boolean other) throws Exception;

  abstract int seedsByDefault();

  /** The settings of a session that makes a schema elsewhere: as strange as the engine allows. */
  List<String> strangeSettings() {
    return List.of();
  }

  IntStream seeds() {
    Integer only = Integer.getInteger("holdfast.seed");
    return only != null
        ? IntStream.of(only)
        : IntStream.rangeClosed(1, Integer.getInteger("holdfast.seeds", seedsByDefault()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void randomEdits_eachIsToldExactly_andTheEndIsTheSameMadeElsewhere(int seed) throws Exception {
    var model = new ModelSchema(grammar(), new Random(seed));
    var edits = new RandomEdits(model);
    String[] initial = model.statements(new Random(seed)).toArray(String[]::new);
    try (var watched = WatchFixture.of(newDatabase(/* other= */ false), initial)) {
      for (int i = 0; i < EDITS; i++) {
        Map<TableName, StructureHash> before = hashes(watched.database());
        RandomEdits.Edit edit = edits.next();
        String what = "seed " + seed + ", edit " + i + ": " + edit.sql();
        for (String sql : edit.sql()) {
          try {
            watched.execute(sql);
          } catch (SQLException e) {
            throw new AssertionError(what, e);
          }
        }
        assertThat(watched.database().validate()).as(what).isTrue();
        List<SchemaDrift> heard = watched.heard();
        assertThat(outlines(heard)).as("%s: %s", what, heard).isEqualTo(edit.expected());
        assertThat(changed(before, hashes(watched.database())))
            .as(what)
            .isEqualTo(edit.expected().keySet());
      }
      assertSameElsewhere(seed, model, watched.database());
    }
  }

  private void assertSameElsewhere(int seed, ModelSchema model, WatchedDatabase here)
      throws Exception {
    String url = newDatabase(/* other= */ true);
    try (Connection strange = DriverManager.getConnection(url);
        Statement statement = strange.createStatement()) {
      for (String sql : strangeSettings()) {
        statement.execute(sql);
      }
      for (String sql : model.statements(new Random(~seed))) {
        statement.execute(sql);
      }
      try (var elsewhere = WatchFixture.of(url)) {
        Map<String, StructureHash> expected = byName(hashes(here));
        Map<String, StructureHash> found = byName(hashes(elsewhere.database()));
        if (!found.equals(expected)) {
          assertThat(differences(here, elsewhere.database())).as("seed " + seed).isEmpty();
        }
        assertThat(found).as("seed " + seed).isEqualTo(expected);
      }
    }
  }

  private static Map<TableName, StructureHash> hashes(WatchedDatabase database) {
    var hashes = new HashMap<TableName, StructureHash>();
    for (TableName table : database.structures().keySet()) {
      hashes.put(table, database.hash(table).orElseThrow());
    }
    return hashes;
  }

  private static Map<String, StructureHash> byName(Map<TableName, StructureHash> hashes) {
    var byName = new TreeMap<String, StructureHash>();
    hashes.forEach((table, hash) -> byName.put(table.name(), hash));
    return byName;
  }

  private static Map<String, List<StructureChange>> differences(
      WatchedDatabase one, WatchedDatabase two) {
    var differences = new TreeMap<String, List<StructureChange>>();
    one.structures()
        .forEach((table, structure) -> two.structures().forEach((other, copy) -> {
          if (table.name().equals(other.name())) {
            differences.put(table.name(), StructureDiff.between(structure, copy));
          }
        }));
    differences.values().removeIf(List::isEmpty);
    return differences;
  }

  /** What was told of structures; other rows under the same structure are another matter. */
  private static Map<String, Set<String>> outlines(List<SchemaDrift> drifts) {
    var outlines = new TreeMap<String, Set<String>>();
    for (SchemaDrift drift : drifts) {
      TreeSet<String> told = drift.changes().stream()
          .filter(change -> !(change instanceof StructureChange.TableReplaced))
          .map(change -> change instanceof StructureChange.TableRenamed renamed
              ? "table renamed from " + renamed.from().name() + " to "
                  + renamed.to().name()
              : change.outline())
          .collect(Collectors.toCollection(TreeSet::new));
      if (!told.isEmpty()) {
        outlines.put(drift.table().name(), told);
      }
    }
    return outlines;
  }

  private static Set<String> changed(
      Map<TableName, StructureHash> before, Map<TableName, StructureHash> after) {
    var changed = new TreeSet<String>();
    before.forEach((table, hash) -> {
      if (!hash.equals(after.get(table))) {
        changed.add(table.name());
      }
    });
    after.forEach((table, hash) -> {
      if (!before.containsKey(table)) {
        changed.add(table.name());
      }
    });
    return changed;
  }
}
