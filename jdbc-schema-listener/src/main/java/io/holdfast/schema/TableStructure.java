package io.holdfast.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The structure of one table or view as the catalog tells it, in a pinned session; the fingerprint is
 * computed from this and nothing else.
 *
 * @param name the relation
 * @param kind what it is
 * @param options facts about the relation itself that count as structure ({@code persistence=u},
 *     {@code without rowid}, {@code row security}), sorted
 * @param columns in their order
 * @param primaryKey or null
 * @param uniques unique constraints
 * @param foreignKeys outgoing references
 * @param checks check constraints and exclusions
 * @param indexes indexes that back no constraint
 * @param definition the body of a view, or null
 * @param extras triggers, policies, partition bounds and the like, as named texts
 * @param comment the table's comment or null; not part of the structure hash
 */
public record TableStructure(
    TableName name,
    Kind kind,
    List<String> options,
    List<Column> columns,
    @Nullable Key primaryKey,
    List<Key> uniques,
    List<ForeignKey> foreignKeys,
    List<Check> checks,
    List<Index> indexes,
    @Nullable String definition,
    List<Extra> extras,
    @Nullable String comment) {

  public TableStructure {
    options = List.copyOf(options);
    columns = List.copyOf(columns);
    uniques = List.copyOf(uniques);
    foreignKeys = List.copyOf(foreignKeys);
    checks = List.copyOf(checks);
    indexes = List.copyOf(indexes);
    extras = List.copyOf(extras);
  }

  /** What kind of relation. */
  public enum Kind {
    TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    PARTITIONED_TABLE,
    FOREIGN_TABLE,
    SEQUENCE
  }

  /**
   * A column.
   *
   * @param type with length, precision and scale, as the server prints it
   * @param defaultExpression canonical text or null
   * @param generation {@code identity always}, {@code stored (a + b)} and the like, or null
   * @param collation if not the type's default, else null
   * @param comment not part of the structure hash
   */
  public record Column(
      String name,
      String type,
      boolean nullable,
      @Nullable String defaultExpression,
      @Nullable String generation,
      @Nullable String collation,
      @Nullable String comment) {}

  /** A primary or unique key. {@code detail}: deferrability and the like, empty if plain. */
  public record Key(String name, List<String> columns, String detail) {}

  /** A foreign key. {@code detail}: actions, match type, deferrability, as canonical text. */
  public record ForeignKey(
      String name,
      List<String> columns,
      TableName references,
      List<String> referencedColumns,
      String detail) {}

  /** A check or exclusion constraint. */
  public record Check(String name, String expression) {}

  /**
   * An index.
   *
   * @param definition columns or expressions, method, predicate, as canonical text
   */
  public record Index(String name, boolean unique, String definition) {}

  /** Any other part that counts: {@code kind} is {@code trigger}, {@code policy}, {@code partition} … */
  public record Extra(String kind, String name, String definition) {}
}
