package io.holdfast.schema;

import io.holdfast.schema.catalog.CatalogReader;
import io.holdfast.schema.catalog.CatalogReaders;
import io.holdfast.schema.catalog.ObservedTable;
import io.holdfast.schema.catalog.Reading;
import io.holdfast.schema.catalog.SchemaFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a database looks like at one moment: its tables and views with their fingerprints. Read once,
 * watched by nobody. Immutable.
 */
public final class SchemaSnapshot {

  private final DatabaseIdentity identity;
  private final SortedMap<TableName, ObservedTable> tables;
  private final SortedMap<TableName, TableFingerprint> fingerprints;

  private SchemaSnapshot(
      DatabaseIdentity identity,
      Map<TableName, ObservedTable> tables,
      Map<TableName, TableFingerprint> fingerprints) {
    this.identity = identity;
    this.tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    this.fingerprints = Collections.unmodifiableSortedMap(new TreeMap<>(fingerprints));
  }

  /**
   * Reads a database over one or two connections of its own, whose settings it changes and which it
   * closes. Blocks for a crawl of the catalog: some tenths of a millisecond a table.
   *
   * @param url the database's JDBC URL, without our prefix
   * @param user the user, or empty
   * @param connector opens connections of the database's own driver
   * @param schemaFilter comma-separated schema names, or empty for all that are not the server's own
   * @throws UnwatchableDatabaseException if no second connection can see this database
   * @throws SQLException if it cannot be read, or did not hold still meanwhile
   */
  public static SchemaSnapshot read(
      String url, String user, CatalogConnector connector, String schemaFilter)
      throws SQLException {
    try (Connection connection = connector.connect()) {
      DatabaseIdentity identity =
          IdentityDetection.detect(url, user, connection.getMetaData(), connector, schemaFilter);
      CatalogReader reader = CatalogReaders.forDatabase(identity);
      reader.pin(connection);
      Survey.Result result = new Survey(reader, SchemaFilter.parse(schemaFilter))
          .take(connection, Reading.NONE, Set.of());
      if (!result.unreadable().isEmpty()) {
        throw new SQLTransientException(
            result.unreadable().size() + " tables are locked by other sessions and were not read");
      }
      Reading reading = result.reading();
      return of(identity, reader, reading);
    }
  }

  private static SchemaSnapshot of(
      DatabaseIdentity identity, CatalogReader reader, Reading reading) {
    Dialect engine = identity.dialect();
    var fingerprints = new HashMap<TableName, TableFingerprint>();
    reading.tables().forEach((name, table) -> {
      TableStructure structure = table.structure();
      fingerprints.put(
          name,
          new TableFingerprint(
              name,
              structure.kind(),
              CanonicalForm.hash(engine, structure),
              CanonicalForm.triggers(engine, structure),
              CanonicalForm.comments(engine, structure),
              CanonicalForm.privileges(engine, table.privileges()),
              reader.incarnation(name, reading)));
    });
    return new SchemaSnapshot(identity, reading.tables(), fingerprints);
  }

  /** The same without the tables that nobody wants to see. */
  public SchemaSnapshot only(Predicate<TableName> wanted) {
    var some = new HashMap<>(tables);
    some.keySet().removeIf(wanted.negate());
    var theirs = new HashMap<>(fingerprints);
    theirs.keySet().removeIf(wanted.negate());
    return new SchemaSnapshot(identity, some, theirs);
  }

  /** Which database. */
  public DatabaseIdentity identity() {
    return identity;
  }

  /** The tables and views in the order of their names. */
  public SortedMap<TableName, TableFingerprint> tables() {
    return fingerprints;
  }

  /** The hash over the names and structures of all of them. */
  public StructureHash fingerprint() {
    var hashes = new HashMap<TableName, StructureHash>();
    fingerprints.forEach((table, fingerprint) -> hashes.put(table, fingerprint.structure()));
    return CanonicalForm.hashAll(hashes);
  }

  SortedMap<TableName, ObservedTable> observed() {
    return tables;
  }
}
