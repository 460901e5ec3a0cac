package io.holdfast.schema;

import io.holdfast.schema.catalog.CatalogReader;
import io.holdfast.schema.catalog.ObservedTable;
import io.holdfast.schema.catalog.SchemaFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A catalog whose content, failures and interruptions a test decides. */
final class ScriptedCatalog implements CatalogReader {

  private final Map<TableName, ObservedTable> tables = new HashMap<>();
  private long version;
  private boolean failing;
  private boolean seesEverything = true;
  private @Nullable Runnable duringNextRead;

  static TableName name(String table) {
    return new TableName("s", table);
  }

  synchronized void put(String table, String type, String incarnation, String... reads) {
    var structure = new TableStructure(
        name(table),
        TableStructure.Kind.TABLE,
        List.of(),
        List.of(new TableStructure.Column("a", type, true, null, null, null, null)),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(new TableStructure.Index(table + "_index", false, "a")),
        null,
        List.of(),
        null);
    var names = new HashSet<TableName>();
    for (String read : reads) {
      names.add(name(read));
    }
    tables.put(name(table), new ObservedTable(structure, incarnation, names));
    version++;
  }

  synchronized void remove(String... names) {
    for (String table : names) {
      tables.remove(name(table));
    }
    version++;
  }

  synchronized void failing(boolean is) {
    failing = is;
  }

  synchronized void privilegesHide() {
    seesEverything = false;
  }

  /** Something that happens between the first and the second look of the next reading. */
  synchronized void duringNextRead(Runnable event) {
    duringNextRead = event;
  }

  @Override
  public void pin(Connection connection) {
    // The connection is not used.
  }

  @Override
  public synchronized Optional<String> token(Connection connection) throws SQLException {
    if (failing) {
      throw new SQLException("scripted failure");
    }
    return Optional.of(Long.toString(version));
  }

  @Override
  public synchronized Optional<Map<TableName, String>> stamps(
      Connection connection, SchemaFilter filter) {
    var stamps = new TreeMap<TableName, String>();
    tables.forEach((table, observed) -> stamps.put(table, observed.toString()));
    return Optional.of(stamps);
  }

  @Override
  public Map<TableName, ObservedTable> read(
      Connection connection, SchemaFilter filter, @Nullable Set<TableName> wanted) {
    var result = new HashMap<TableName, ObservedTable>();
    Runnable event;
    synchronized (this) {
      tables.forEach((table, observed) -> {
        if (wanted == null || wanted.contains(table)) {
          result.put(table, observed);
        }
      });
      event = duringNextRead;
      duringNextRead = null;
    }
    if (event != null) {
      event.run();
    }
    return result;
  }

  @Override
  public boolean seesReplacement() {
    return true;
  }

  @Override
  public synchronized boolean seesEverything() {
    return seesEverything;
  }
}
