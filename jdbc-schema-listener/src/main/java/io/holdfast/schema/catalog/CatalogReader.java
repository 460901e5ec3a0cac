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
   * The same answer at a higher price, and with fewer false alarms: asked where the token differs, and
   * cheaper than {@link #stamps}. As long as it is equal, no structure and no incarnation of any
   * relation has changed. Empty if the engine has no such thing.
   */
  default Optional<String> digest(Connection connection) throws SQLException {
    return Optional.empty();
  }

  /**
   * For each relation a stamp: as long as it is equal, this relation has neither another structure
   * nor another incarnation. Empty if only reading tells.
   */
  Optional<Map<TableName, String>> stamps(Connection connection, SchemaFilter filter)
      throws SQLException;

  /**
   * The stamp of one relation, as {@link #stamps} would tell it at a higher price. Empty if there is no
   * such relation, or the engine cannot tell it alone.
   */
  default Optional<String> stamp(Connection connection, TableName table) throws SQLException {
    return Optional.empty();
  }

  /**
   * Reads relations. Names that do not exist are left out of the result.
   *
   * @param tables which, or null for all that the filter admits
   */
  Map<TableName, ObservedTable> read(
      Connection connection, SchemaFilter filter, @Nullable Set<TableName> tables)
      throws SQLException;

  /**
   * Relations that cannot be read now, since another session holds them locked or waits to. Empty
   * where readers are never locked out, or where that is not known.
   */
  default Set<TableName> locked(Connection connection) throws SQLException {
    return Set.of();
  }

  /** Whether {@link #read} failed because a relation was locked. */
  default boolean isLockTimeout(SQLException failure) {
    return false;
  }

  /**
   * What the user may see, in whatever words: as long as it is equal, a relation that is missing is
   * gone and not merely invisible. Empty if the engine does not tell, or shows everything to
   * everybody.
   */
  default Optional<String> sight(Connection connection) throws SQLException {
    return Optional.empty();
  }

  /**
   * Names, in lower case, whose mention in a statement may run DDL that the statement's text does not
   * show: functions that contain it, and tables with a trigger that does. Generous rather than exact.
   */
  default Set<String> hidingPlaces(Connection connection) throws SQLException {
    return Set.of();
  }

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
