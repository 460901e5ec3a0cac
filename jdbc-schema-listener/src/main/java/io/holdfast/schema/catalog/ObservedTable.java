package io.holdfast.schema.catalog;

import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import java.util.Map;
import java.util.Set;

/**
 * A relation as read.
 *
 * @param structure what it looks like
 * @param incarnation which one of its name it is, local to this server; never part of a hash
 * @param reads relations whose rows it shows: partitions of a partitioned table, tables of a view
 * @param columnNumbers what the server tells its columns apart by whatever they are called, by name;
 *     empty where it has no such numbers
 * @param privileges who may do what with it, such as {@code SELECT to app}, as far as the reading user
 *     may know; the owner is called that, and never named
 */
public record ObservedTable(
    TableStructure structure,
    String incarnation,
    Set<TableName> reads,
    Map<String, Integer> columnNumbers,
    Set<String> privileges) {

  public ObservedTable {
    reads = Set.copyOf(reads);
    columnNumbers = Map.copyOf(columnNumbers);
    privileges = Set.copyOf(privileges);
  }

  /** One of an engine without column numbers and privileges. */
  public ObservedTable(TableStructure structure, String incarnation, Set<TableName> reads) {
    this(structure, incarnation, reads, Map.of(), Set.of());
  }
}
