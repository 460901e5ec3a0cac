package io.holdfast.schema;

import io.holdfast.schema.TableStructure.Column;
import io.holdfast.schema.TableStructure.ForeignKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A structure taken apart into named parts. The hash and the diff both work on these and on nothing
 * else, so two structures have equal hashes exactly if their diff is empty.
 *
 * <p>The relation's own name is no part, a reference to itself is written as such, and one into the relation's own schema is written
 * without the schema: the same structure in another schema, or in a database of another name, is the
 * same structure. Triggers, comments and privileges are parts of their own and no part of it.
 */
final class StructureParts {

  /**
   * One part that is not a column.
   *
   * @param kind {@code primary key}, {@code index}, {@code view body} and the like
   * @param name unique among the parts of its kind, up to parts that are wholly equal
   * @param fields what is compared and hashed
   * @param text the same for people
   */
  record Part(String kind, String name, List<String> fields, String text) {}

  private static final String TRIGGER = "trigger";

  private StructureParts() {}

  static List<Part> of(TableStructure structure) {
    var parts = new ArrayList<Part>();
    parts.add(
        new Part("kind", "", List.of(structure.kind().name()), structure.kind().name()));
    for (String option : structure.options()) {
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      String value = equals < 0 ? "" : option.substring(equals + 1);
      parts.add(new Part("option", name, List.of(value), value));
    }
    if (structure.primaryKey() != null) {
      parts.add(key("primary key", structure.primaryKey()));
    }
    structure.uniques().forEach(unique -> parts.add(key("unique", unique)));
    structure.foreignKeys().forEach(foreign -> parts.add(foreignKey(foreign, structure.name())));
    structure
        .checks()
        .forEach(check -> parts.add(
            new Part("check", check.name(), List.of(check.expression()), check.expression())));
    structure.indexes().forEach(index -> {
      String unique = index.unique() ? "unique" : "";
      parts.add(new Part(
          "index",
          index.name(),
          List.of(unique, index.definition()),
          (unique + " " + index.definition()).strip()));
    });
    if (structure.definition() != null) {
      parts.add(
          new Part("definition", "", List.of(structure.definition()), structure.definition()));
    }
    extras(structure, /* triggers= */ false, parts);
    return parts;
  }

  /** The triggers: they are compared with a structure, and hashed apart from it. */
  static List<Part> triggers(TableStructure structure) {
    var parts = new ArrayList<Part>();
    extras(structure, /* triggers= */ true, parts);
    return parts;
  }

  private static void extras(TableStructure structure, boolean triggers, List<Part> parts) {
    for (TableStructure.Extra extra : structure.extras()) {
      if (extra.kind().equals(TRIGGER) == triggers) {
        parts.add(
            new Part(extra.kind(), extra.name(), List.of(extra.definition()), extra.definition()));
      }
    }
  }

  /** The comments of the relation and its columns, each named by what it is on. */
  static List<Part> comments(TableStructure structure) {
    var parts = new ArrayList<Part>();
    comment("comment", structure.comment(), parts);
    for (Column column : structure.columns()) {
      comment("comment on column " + column.name(), column.comment(), parts);
    }
    return parts;
  }

  private static void comment(String kind, @Nullable String comment, List<Part> parts) {
    if (comment != null && !comment.isEmpty()) {
      parts.add(new Part(kind, "", List.of(comment), comment));
    }
  }

  static List<Part> privileges(Set<String> privileges) {
    return privileges.stream()
        .map(privilege -> new Part("privilege", privilege, List.of(), ""))
        .toList();
  }

  /** What counts of a column, in a fixed order; null where the column has nothing of the kind. */
  static List<@Nullable String> columnFields(Column column) {
    var fields = new ArrayList<@Nullable String>();
    fields.add(column.name());
    fields.add(column.type());
    fields.add(column.nullable() ? "null" : "not null");
    fields.add(column.defaultExpression());
    fields.add(column.generation());
    fields.add(column.collation());
    return fields;
  }

  private static Part key(String kind, TableStructure.Key key) {
    var fields = new ArrayList<>(key.columns());
    fields.add(key.detail());
    return new Part(kind, key.name(), fields, list(key.columns()) + suffix(key.detail()));
  }

  private static Part foreignKey(ForeignKey foreign, TableName owner) {
    var fields = new ArrayList<String>();
    fields.add(Integer.toString(foreign.columns().size()));
    fields.addAll(foreign.columns());
    boolean itself = foreign.references().equals(owner);
    boolean sameSchema = foreign.references().schema().equals(owner.schema());
    fields.add(itself ? "itself" : sameSchema ? "same schema" : "schema");
    fields.add(sameSchema ? "" : foreign.references().schema());
    fields.add(itself ? "" : foreign.references().name());
    fields.addAll(foreign.referencedColumns());
    fields.add(foreign.detail());
    String text = list(foreign.columns())
        + " references "
        + (itself
            ? "itself "
            : sameSchema ? foreign.references().name() : foreign.references().toString())
        + list(foreign.referencedColumns())
        + suffix(foreign.detail());
    return new Part("foreign key", foreign.name(), fields, text);
  }

  private static String list(List<String> names) {
    return "(" + String.join(", ", names) + ")";
  }

  private static String suffix(String detail) {
    return detail.isEmpty() ? "" : " " + detail;
  }
}
