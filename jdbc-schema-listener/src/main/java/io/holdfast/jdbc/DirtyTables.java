package io.holdfast.jdbc;

import io.holdfast.schema.SqlName;
import io.holdfast.schema.Suspects;
import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.WatchedDatabase;
import java.util.Locale;

/**
 * Whether a connection with pending changes may see another structure of a table than everybody else.
 * A name in a statement can be the table itself, one that it refers to, or an index or constraint of
 * it; in doubt the answer is yes.
 */
final class DirtyTables {

  private DirtyTables() {}

  static boolean include(Suspects dirty, TableName table, WatchedDatabase database) {
    if (dirty.everything()) {
      return true;
    }
    TableStructure structure = database.structure(table).orElse(null);
    for (SqlName name : dirty.names()) {
      if (isSame(name, table) || (structure != null && isPartOf(name, structure))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(SqlName name, TableName table) {
    // Without a schema in the text it is the search path that decides: any table of that name.
    return name.name().equalsIgnoreCase(table.name())
        && (name.schema() == null || name.schema().equalsIgnoreCase(table.schema()));
  }

  private static boolean isPartOf(SqlName name, TableStructure structure) {
    String text = name.name().toLowerCase(Locale.ROOT);
    return structure.foreignKeys().stream()
            .anyMatch(key -> isSame(name, key.references()) || key.name().equalsIgnoreCase(text))
        || structure.indexes().stream().anyMatch(index -> index.name().equalsIgnoreCase(text))
        || structure.uniques().stream().anyMatch(key -> key.name().equalsIgnoreCase(text))
        || structure.extras().stream()
            .anyMatch(extra -> extra.name().equalsIgnoreCase(text)
                || extra.definition().toLowerCase(Locale.ROOT).contains(text))
        || (structure.definition() != null
            && structure.definition().toLowerCase(Locale.ROOT).contains(text));
  }
}
