package io.holdfast.schema;

import java.io.Serializable;

/**
 * The key of an answer about one table: database identity, table, structure hash, and what else tells
 * answers apart. After the structure changed, nobody asks for the old key any more, so a stale answer
 * is unreachable (design D6).
 *
 * @param databaseId {@link DatabaseIdentity#id()}
 * @param schema the table's schema
 * @param table the table's name
 * @param structureHash {@link StructureHash#value()}
 * @param discriminator kind of answer, model, parameters: whatever the caller adds; may be empty
 */
public record SchemaKey(
    String databaseId, String schema, String table, String structureHash, String discriminator)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The key of the same table and structure for another kind of answer. */
  public SchemaKey withDiscriminator(String other) {
    return new SchemaKey(databaseId, schema, table, structureHash, other);
  }

  /**
   * {@code db#schema.table#structure}, and {@code #discriminator} unless it is empty. Injective: {@code
   * #}, {@code .} and {@code %} inside a part are written as {@code %23}, {@code %2E} and {@code %25}.
   */
  public String canonical() {
    String text = escaped(databaseId) + "#" + escaped(schema) + "." + escaped(table) + "#"
        + escaped(structureHash);
    return discriminator.isEmpty() ? text : text + "#" + escaped(discriminator);
  }

  /** What the keys of all structures of this table begin with. */
  public String tablePrefix() {
    return escaped(databaseId) + "#" + escaped(schema) + "." + escaped(table) + "#";
  }

  @Override
  public String toString() {
    return canonical();
  }

  private static String escaped(String part) {
    return part.replace("%", "%25").replace("#", "%23").replace(".", "%2E");
  }
}
