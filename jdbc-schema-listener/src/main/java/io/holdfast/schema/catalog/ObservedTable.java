package io.holdfast.schema.catalog;

import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import java.util.Set;

/**
 * A relation as read.
 *
 * @param structure what it looks like
 * @param incarnation which one of its name it is, local to this server; never part of a hash
 * @param reads relations whose rows it shows: partitions of a partitioned table, tables of a view
 */
public record ObservedTable(TableStructure structure, String incarnation, Set<TableName> reads) {

  public ObservedTable {
    reads = Set.copyOf(reads);
  }
}
