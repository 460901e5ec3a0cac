package io.holdfast.schema;

/**
 * A table or view as the server's catalog spells it.
 *
 * @param schema the schema, or the database where the server has no schemas (MariaDB), or {@code
 *     main} on SQLite
 * @param name the relation's name
 */
public record TableName(String schema, String name) implements Comparable<TableName> {

  @Override
  public int compareTo(TableName other) {
    int bySchema = schema.compareTo(other.schema);
    return bySchema != 0 ? bySchema : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
