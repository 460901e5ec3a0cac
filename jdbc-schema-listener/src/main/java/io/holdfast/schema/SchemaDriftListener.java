package io.holdfast.schema;

/**
 * Told of drift. Called on Holdfast's thread or on the thread of the statement, with no lock held,
 * after the new structure is published; must be quick. What it throws is logged and counted, and goes
 * no further.
 */
@FunctionalInterface
public interface SchemaDriftListener {

  /** One table has drifted. */
  void drifted(SchemaDrift drift);
}
