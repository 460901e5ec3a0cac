package io.holdfast.docs.serve;

import io.holdfast.docs.describe.DescriptionWriter;
import io.holdfast.docs.profile.ProfileSettings;
import io.holdfast.docs.run.DocumentationCache;
import io.holdfast.docs.run.RunException;
import io.holdfast.docs.run.TableDocumenter;
import io.holdfast.jdbc.HoldfastConnection;
import io.holdfast.response.ResponseKey;
import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.WatchedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One database of the service, under watch, with documents that no other one sees. */
public final class Tenant implements AutoCloseable {

  /** The name of a connection that was given none; its documents are those of {@code holdfast docs}. */
  public static final String UNNAMED = "default";

  private static final long READY_MILLIS = 120_000;

  private final String name;
  private final WatchedDatabase database;
  private final DocumentationCache cache;
  private final DescriptionWriter writer;
  private final TableDocumenter documenter;
  private final RowReader rows;

  private Tenant(
      String name,
      WatchedDatabase database,
      DocumentationCache cache,
      DescriptionWriter writer,
      ProfileSettings settings,
      RowReader rows) {
    this.name = name;
    this.database = database;
    this.cache = cache;
    this.writer = writer;
    this.rows = rows;
    this.documenter =
        new TableDocumenter(database, cache.responses(), writer, settings, rows, owner());
  }

  /**
   * Connects and waits for the first reading of the catalog.
   *
   * @param name of the connection, unique in the service
   * @throws RunException if the database cannot be watched or read
   */
  public static Tenant open(
      String name,
      ConnectionSource source,
      DocumentationCache cache,
      DescriptionWriter writer,
      ProfileSettings settings)
      throws RunException, SQLException, InterruptedException {
    Connection connection = source.connect();
    try {
      WatchedDatabase database = connection
          .unwrap(HoldfastConnection.class)
          .database()
          .orElseThrow(() -> new RunException("The database " + name
              + " cannot be watched: no second connection can look into it."));
      if (!database.awaitReady(READY_MILLIS)) {
        throw new RunException("The catalog of the database " + name + " could not be read.");
      }
      cache.responses().watch(database);
      var rows = new RowReader(connection, source, database.identity().dialect(), settings);
      return new Tenant(name, database, cache, writer, settings, rows);
    } catch (RunException | SQLException | InterruptedException | RuntimeException e) {
      try {
        connection.close();
      } catch (SQLException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  String name() {
    return name;
  }

  /** Whose answers in the cache: empty for the connection without a name. */
  String owner() {
    return name.equals(UNNAMED) ? "" : name;
  }

  WatchedDatabase database() {
    return database;
  }

  TableDocumenter documenter() {
    return documenter;
  }

  /** Who writes the explanations. */
  String byline() {
    return writer.byline();
  }

  /** What is known now, in the order of the names. */
  List<TableStructure> tables() {
    return database.structures().values().stream()
        .filter(table -> table.kind() != TableStructure.Kind.SEQUENCE)
        .sorted(Comparator.comparing(TableStructure::name))
        .toList();
  }

  Optional<TableStructure> table(TableName table) {
    return Optional.ofNullable(database.structures().get(table))
        .filter(structure -> structure.kind() != TableStructure.Kind.SEQUENCE);
  }

  /** Whether this table's explanation is in the cache. */
  boolean isDocumented(TableStructure table) {
    return documenter
        .responseKey(table)
        .map((ResponseKey key) -> cache.contains(key))
        .orElse(false);
  }

  TableId id(TableName table) {
    return new TableId(name, table);
  }

  /**
   * Asks the server whether the known structures hold.
   *
   * @throws Problem if it does not say so in time: nothing is served then
   */
  void validate() throws Problem {
    if (!database.validate()) {
      throw Problem.unavailable(
          "The database " + name + " does not answer whether its structure has changed.", 5);
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
