package io.holdfast.schema.catalog;

import io.holdfast.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalog of one engine. Without state, safe from any thread; every method uses the
 * connection it is given and leaves it open.
 */
public interface CatalogReader {

  /** Sets what the catalog's texts depend on. Done once for each new connection. */
  void pin(Connection connection) throws SQLException;

  /**
   * The cheapest sound answer to "did anything change?": as long as the token is equal, no structure
   * and no incarnation has changed. A differing token promises nothing. Empty if the engine has no
   * such thing.
   */
  Optional<String> token(Connection connection) throws SQLException;

  /**
   * For each relation a stamp: as long as it is equal, this relation has neither another structure
   * nor another incarnation. Empty if only reading tells.
   */
  Optional<Map<TableName, String>> stamps(Connection connection, SchemaFilter filter)
      throws SQLException;

  /**
   * Reads relations. Names that do not exist are left out of the result.
   *
   * @param tables which, or null for all that the filter admits
   */
  Map<TableName, ObservedTable> read(
      Connection connection, SchemaFilter filter, @Nullable Set<TableName> tables)
      throws SQLException;

  /**
   * Whether every existing relation is listed whatever the user's privileges are. If not, a relation
   * that is missing may merely have become invisible.
   */
  boolean seesEverything();

  /** Whether {@link #replaced} notices every replacement; if not, our own statements are a hint. */
  boolean seesReplacement();

  /**
   * Whether a table of equal structure may be another table, or may have lost all its rows at once.
   * Errs towards true.
   *
   * @param before and {@code after} both hold the table
   */
  default boolean replaced(TableName table, Reading before, Reading after) {
    ObservedTable was = before.tables().get(table);
    ObservedTable is = after.tables().get(table);
    return was != null && is != null && !was.incarnation().equals(is.incarnation());
  }

  /**
   * What stays equal as long as a name stands for the same relation with the rows it has had, and
   * changes if not; elsewhere or at other times it means nothing. Empty if the engine has no such thing.
   */
  default String incarnation(TableName table, Reading reading) {
    ObservedTable observed = reading.tables().get(table);
    return observed == null ? "" : observed.incarnation();
  }

  /**
   * Whether a table goes by another name now. Errs towards false.
   *
   * @param from a name in {@code before}
   * @param to another name, in {@code after}
   */
  default boolean renamed(TableName from, TableName to, Reading before, Reading after) {
    return false;
  }

  /**
   * The new names of columns that go by other names now, by their old ones. Errs towards fewer.
   *
   * @param from the table's name in {@code before}
   * @param to the table's name in {@code after}: the same name, or {@link #renamed} says so
   */
  default Map<String, String> renamedColumns(
      TableName from, TableName to, Reading before, Reading after) {
    return Map.of();
  }
}
