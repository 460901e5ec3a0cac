package io.holdfast.schema;

import io.holdfast.schema.TableStructure.Kind;

/**
 * What tells one relation from another, or from itself at another time.
 *
 * @param table the relation
 * @param kind what it is
 * @param structure the same on every server of the engine that has this structure, whatever the names
 *     of the relation and its schema, the order of creation and the settings of the session
 * @param triggers the same for its triggers
 * @param comments the same for the comments on it and its columns
 * @param privileges the same for the privileges on it, as far as the user may know them
 * @param incarnation which one of its name it is; of this server alone, never to be compared with
 *     another's. Equal as long as it is the same relation; another one if it was dropped and created,
 *     truncated or swapped, and on some engines at other times too. Empty where the engine has none
 */
public record TableFingerprint(
    TableName table,
    Kind kind,
    StructureHash structure,
    StructureHash triggers,
    StructureHash comments,
    StructureHash privileges,
    String incarnation) {}
