package io.holdfast.schema;

import io.holdfast.schema.TableStructure.Column;
import io.holdfast.schema.TableStructure.ForeignKey;
import io.holdfast.schema.TableStructure.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * As much of a structure as two products tell alike: the columns' names, order and nullability, the
 * primary key, the foreign keys. Names without regard to case, constraints without their names.
 */
final class PortableForm {

  static final String COMPARED =
      "tables and views, columns with order and nullability, primary keys, foreign keys";
  static final String NOT_COMPARED =
      "types, defaults, generated columns, collations, unique keys, checks, indexes, view bodies,"
          + " triggers, partitions";

  private PortableForm() {}

  static TableStructure of(TableStructure structure) {
    boolean view = structure.kind() == Kind.VIEW || structure.kind() == Kind.MATERIALIZED_VIEW;
    List<String> key = structure.primaryKey() == null
        ? List.of()
        : folded(structure.primaryKey().columns());
    var columns = new ArrayList<Column>();
    for (Column column : structure.columns()) {
      String name = folded(column.name());
      // Whether a view's column can be null is a guess
      // everywhere; a key's cannot, whatever SQLite says.
      boolean nullable = view || (column.nullable() && !key.contains(name));
      columns.add(new Column(name, "", nullable, null, null, null, null));
    }
    var references = new HashSet<ForeignKey>();
    for (ForeignKey foreign : structure.foreignKeys()) {
      List<String> from = folded(foreign.columns());
      var target = new TableName("", folded(foreign.references().name()));
      references.add(new ForeignKey(
          "(" + String.join(", ", from) + ") -> " + target.name(), from, target, List.of(), ""));
    }
    return new TableStructure(
        new TableName("", folded(structure.name().name())),
        view ? Kind.VIEW : Kind.TABLE,
        List.of(),
        columns,
        key.isEmpty() ? null : new TableStructure.Key("", key, ""),
        List.of(),
        List.copyOf(references),
        List.of(),
        List.of(),
        null,
        List.of(),
        null);
  }

  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static List<String> folded(List<String> names) {
    return names.stream().map(PortableForm::folded).toList();
  }
}
