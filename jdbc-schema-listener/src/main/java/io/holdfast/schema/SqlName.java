package io.holdfast.schema;

import org.jspecify.annotations.Nullable;

/**
 * An object name as a statement spelled it, quotes removed; a hint where to look, resolved against
 * the catalog without regard to case.
 *
 * @param schema what stood before the dot, or null
 * @param name the last part
 */
public record SqlName(@Nullable String schema, String name) {

  @Override
  public String toString() {
    return schema == null ? name : schema + "." + name;
  }
}
