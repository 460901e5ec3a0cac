package io.holdfast.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One table is not what it was. Published after commit, after the change is visible in {@link
 * WatchedDatabase#structure}.
 *
 * @param database whose table
 * @param table which
 * @param origin who changed it
 * @param statementKind first word of the statement that did it ({@code ALTER}), or null if unknown
 * @param before hash before, null if the table was created; equal to {@code after} where only triggers
 *     changed, or the table was replaced by one of the same structure
 * @param after hash after, null if it was dropped
 * @param changes what differs, at least one
 * @param observedAtMillis Unix milliseconds
 */
public record SchemaDrift(
    DatabaseIdentity database,
    TableName table,
    Origin origin,
    @Nullable String statementKind,
    @Nullable StructureHash before,
    @Nullable StructureHash after,
    List<StructureChange> changes,
    long observedAtMillis) {

  public SchemaDrift {
    changes = List.copyOf(changes);
  }

  /** Who changed the structure. */
  public enum Origin {
    /** A statement through a connection of ours. */
    OWN_CONNECTION,
    /** Another session, a function or a trigger: seen by a probe. */
    OTHER_SESSION
  }

  /** One line: {@code public.orders: column note added (text)}. */
  public String summary() {
    return table + ": "
        + String.join(", ", changes.stream().map(StructureChange::describe).toList());
  }
}
