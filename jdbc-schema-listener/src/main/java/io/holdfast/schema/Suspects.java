package io.holdfast.schema;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which tables a statement may have changed, judged by its text.
 *
 * @param everything true if the text does not bound the change: all tables are suspects
 * @param names names in the text; tables that depend on them (partitions, views) are added by the
 *     reader of the catalog
 */
public record Suspects(boolean everything, Set<SqlName> names) {

  /** Nobody. */
  public static final Suspects NONE = new Suspects(false, Set.of());

  /** Every table of the database. */
  public static final Suspects ALL = new Suspects(true, Set.of());

  public Suspects {
    names = Set.copyOf(names);
  }

  /** These names. */
  public static Suspects of(Set<SqlName> names) {
    return names.isEmpty() ? NONE : new Suspects(false, names);
  }

  /** Both together. */
  public Suspects plus(Suspects other) {
    if (everything || other.everything) {
      return ALL;
    }
    var union = new LinkedHashSet<>(names);
    union.addAll(other.names);
    return of(union);
  }

  /** Whether there is nobody. */
  public boolean isEmpty() {
    return !everything && names.isEmpty();
  }
}
