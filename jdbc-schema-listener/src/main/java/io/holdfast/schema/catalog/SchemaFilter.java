package io.holdfast.schema.catalog;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Which schemas are looked at: those named, or all that are not the server's own. */
public final class SchemaFilter {

  /** All schemas of the user's. */
  public static final SchemaFilter ALL = new SchemaFilter(Set.of());

  private final Set<String> names;

  private SchemaFilter(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  /** Parses a comma-separated list; compared without regard to case. */
  public static SchemaFilter parse(String commaSeparated) {
    var names = new LinkedHashSet<String>();
    for (String name : commaSeparated.split(",", -1)) {
      if (!name.isBlank()) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names.isEmpty() ? ALL : new SchemaFilter(names);
  }

  /** Whether a schema, which is not the server's own, is looked at. */
  public boolean admits(String schema) {
    return names.isEmpty() || names.contains(schema.toLowerCase(Locale.ROOT));
  }

  /** Whether no schema is named. */
  public boolean isOpen() {
    return names.isEmpty();
  }
}
