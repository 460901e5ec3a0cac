package io.holdfast.schema;

import io.holdfast.schema.catalog.CatalogReader;
import io.holdfast.schema.catalog.ObservedTable;
import io.holdfast.schema.catalog.Reading;
import io.holdfast.schema.catalog.SchemaFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes consistent readings of a catalog that may change meanwhile: a reading counts only if the
 * catalog's token, or the stamps of the tables, are the same before and after it. Reads no more tables
 * than differ from what is known.
 */
final class Survey {

  private static final int ATTEMPTS = 8;

  private final CatalogReader reader;
  private final SchemaFilter filter;

  Survey(CatalogReader reader, SchemaFilter filter) {
    this.reader = reader;
    this.filter = filter;
  }

  /** Whether the engine's cheap token shows that nothing happened since the reading. */
  boolean isUnchanged(Connection connection, Reading known) throws SQLException {
    return known.token().isPresent() && reader.token(connection).equals(known.token());
  }

  /**
   * A reading of everything, which shares with {@code known} what did not change.
   *
   * @param anew tables to read whatever their stamps say
   * @throws SQLException if the server fails, or the catalog did not hold still in all attempts
   */
  Reading take(Connection connection, Reading known, Set<TableName> anew) throws SQLException {
    Reading current = known;
    Set<TableName> insist = anew;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<String> token = reader.token(connection);
      Optional<Map<TableName, String>> stamps = reader.stamps(connection, filter);
      if (stamps.isEmpty()) {
        return takeWithoutStamps(connection, known, token);
      }
      Reading next = readDiffering(connection, current, token, stamps.get(), insist);
      if (token.isPresent() && token.equals(reader.token(connection))) {
        return next;
      }
      if (stamps.equals(reader.stamps(connection, filter))) {
        return next;
      }
      current = next;
      insist = Set.of();
    }
    throw new SQLTransientException("the catalog changed during each of " + ATTEMPTS + " readings");
  }

  private Reading readDiffering(
      Connection connection,
      Reading current,
      Optional<String> token,
      Map<TableName, String> stamps,
      Set<TableName> insist)
      throws SQLException {
    var wanted = new HashSet<TableName>();
    var changed = new HashSet<>(current.tables().keySet());
    changed.removeAll(stamps.keySet());
    stamps.forEach((name, stamp) -> {
      boolean known = current.tables().containsKey(name);
      if (known && !stamp.equals(current.stamps().get(name))) {
        changed.add(name);
      }
      if (!known || insist.contains(name)) {
        wanted.add(name);
      }
    });
    wanted.addAll(changed);
    var tables = new HashMap<TableName, ObservedTable>();
    current.tables().forEach((name, table) -> {
      // A name in a foreign key or a view's body follows a renaming that leaves no other trace
      // there.
      if (mentionsAny(table, changed)) {
        wanted.add(name);
      }
      if (!wanted.contains(name)) {
        tables.put(name, table);
      }
    });
    wanted.retainAll(stamps.keySet());
    if (!wanted.isEmpty()) {
      tables.putAll(reader.read(connection, filter, wanted));
    }
    return new Reading(token, stamps, tables);
  }

  private static boolean mentionsAny(ObservedTable table, Set<TableName> changed) {
    return !changed.isEmpty()
        && (table.reads().stream().anyMatch(changed::contains)
            || table.structure().foreignKeys().stream()
                .anyMatch(key -> changed.contains(key.references())));
  }

  /** Two readings in a row that agree; one, if it agrees with what is known. */
  private Reading takeWithoutStamps(Connection connection, Reading known, Optional<String> token)
      throws SQLException {
    Map<TableName, ObservedTable> previous = known.tables();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Map<TableName, ObservedTable> tables = reader.read(connection, filter, null);
      if (sameStructures(previous, tables)) {
        return new Reading(token, Map.of(), tables);
      }
      previous = tables;
    }
    throw new SQLTransientException("the catalog changed during each of " + ATTEMPTS + " readings");
  }

  private static boolean sameStructures(
      Map<TableName, ObservedTable> before, Map<TableName, ObservedTable> after) {
    if (!before.keySet().equals(after.keySet())) {
      return false;
    }
    for (Map.Entry<TableName, ObservedTable> entry : before.entrySet()) {
      ObservedTable other = after.get(entry.getKey());
      if (other == null || !other.structure().equals(entry.getValue().structure())) {
        return false;
      }
    }
    return true;
  }
}
