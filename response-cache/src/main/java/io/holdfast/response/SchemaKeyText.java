package io.holdfast.response;

import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.TableName;

/** Reads what {@link SchemaKey#canonical} wrote, as far as a purge needs it. */
final class SchemaKeyText {

  private SchemaKeyText() {}

  /** What the keys of all structures of this table begin with. */
  static String tablePrefix(String databaseId, TableName table) {
    return new SchemaKey(databaseId, table.schema(), table.name(), "", "").tablePrefix();
  }

  /** The structure hash in a key that begins with this prefix. */
  static String structureHash(String key, String tablePrefix) {
    int end = key.indexOf('#', tablePrefix.length());
    return end < 0 ? key.substring(tablePrefix.length()) : key.substring(tablePrefix.length(), end);
  }

  /** As in {@link SchemaKey}: no unescaped {@code #} is left. */
  static String escaped(String part) {
    return part.replace("%", "%25").replace("#", "%23");
  }
}
