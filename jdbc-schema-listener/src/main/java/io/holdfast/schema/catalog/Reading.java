package io.holdfast.schema.catalog;

import io.holdfast.schema.TableName;
import java.util.Map;
import java.util.Optional;

/**
 * What the catalog said at one moment.
 *
 * @param token the engine's token from before the tables were read
 * @param stamps of each table, empty where the engine has none
 * @param tables by name
 */
public record Reading(
    Optional<String> token, Map<TableName, String> stamps, Map<TableName, ObservedTable> tables) {

  /** Nothing read yet. */
  public static final Reading NONE = new Reading(Optional.empty(), Map.of(), Map.of());

  public Reading {
    stamps = Map.copyOf(stamps);
    tables = Map.copyOf(tables);
  }
}
