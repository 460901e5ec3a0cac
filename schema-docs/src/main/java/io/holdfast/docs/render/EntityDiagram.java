package io.holdfast.docs.render;

import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.TableStructure.Column;
import io.holdfast.schema.TableStructure.ForeignKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * A Mermaid entity diagram of the keys and relations.
 *
 * @see <a href="https://mermaid.js.org/syntax/entityRelationshipDiagram.html">Mermaid's syntax</a>
 */
final class EntityDiagram {
  /** Beyond this a diagram shows relations only, without columns. */
  private static final int MAX_TABLES_WITH_COLUMNS = 40;

  /** Beyond this nobody can read one. */
  private static final int MAX_TABLES = 150;

  private EntityDiagram() {}

  static String section(List<TableStructure> all) {
    List<TableStructure> tables =
        all.stream().filter(table -> !IndexPage.isView(table)).toList();
    if (tables.isEmpty()) {
      return "";
    }
    if (tables.size() > MAX_TABLES) {
      return "*" + tables.size()
          + " tables are too many for a readable diagram; each page lists its" + " relations.*\n\n";
    }
    Map<TableName, String> ids = ids(tables);
    var diagram = new StringBuilder("```mermaid\nerDiagram\n");
    boolean columns = tables.size() <= MAX_TABLES_WITH_COLUMNS;
    for (TableStructure table : tables) {
      diagram.append("    ").append(ids.get(table.name()));
      String label = IndexPage.label(table, tables);
      if (!label.equals(ids.get(table.name()))) {
        // The label stands in quotes; Mermaid knows no escape for one inside.
        diagram
            .append("[\"")
            .append(label.replaceAll("[\"\\\\`\\p{Cntrl}]", "'"))
            .append("\"]");
      }
      diagram.append(columns ? keyColumns(table) : "\n");
    }
    for (TableStructure table : tables) {
      for (ForeignKey foreign : table.foreignKeys()) {
        String target = ids.get(foreign.references());
        if (target != null) {
          diagram
              .append("    ")
              .append(target)
              .append(isOptional(table, foreign) ? " |o--" : " ||--")
              .append(isUnique(table, foreign) ? "o| " : "o{ ")
              .append(ids.get(table.name()))
              .append(" : \"")
              .append(String.join(", ", foreign.columns()).replaceAll("[\"\\\\`\\p{Cntrl}]", "'"))
              .append("\"\n");
        }
      }
    }
    return diagram.append("```\n\n").toString();
  }

  /** Names that Mermaid takes as they are, where possible the tables' own. */
  private static Map<TableName, String> ids(List<TableStructure> tables) {
    var ids = new HashMap<TableName, String>();
    var taken = new HashSet<String>();
    for (TableStructure table : tables) {
      String plain = IndexPage.label(table, tables).replaceAll("[^A-Za-z0-9_]", "_");
      if (!plain.matches("[A-Za-z].*")) {
        plain = "t" + plain;
      }
      String id = plain;
      for (int n = 2; !taken.add(id); n++) {
        id = plain + "_" + n;
      }
      ids.put(table.name(), id);
    }
    return ids;
  }

  private static String keyColumns(TableStructure table) {
    var lines = new StringBuilder();
    for (Column column : table.columns()) {
      boolean primary =
          table.primaryKey() != null && table.primaryKey().columns().contains(column.name());
      boolean foreign =
          table.foreignKeys().stream().anyMatch(key -> key.columns().contains(column.name()));
      if (primary || foreign) {
        lines
            .append("        ")
            .append(word(column.type().replaceAll("[ (].*", ""), "value"))
            .append(' ')
            .append(word(column.name(), "column"))
            .append(primary && foreign ? " PK, FK" : primary ? " PK" : " FK")
            .append('\n');
      }
    }
    return lines.isEmpty() ? "\n" : " {\n" + lines + "    }\n";
  }

  private static String word(String text, String otherwise) {
    String word = text.replaceAll("[^A-Za-z0-9_]", "_");
    if (word.isEmpty()) {
      return otherwise;
    }
    return word.matches("[A-Za-z].*") ? word : "c" + word;
  }

  private static boolean isOptional(TableStructure table, ForeignKey foreign) {
    return table.columns().stream()
        .anyMatch(column -> column.nullable() && foreign.columns().contains(column.name()));
  }

  private static boolean isUnique(TableStructure table, ForeignKey foreign) {
    var columns = new HashSet<>(foreign.columns());
    return (table.primaryKey() != null
            && new HashSet<>(table.primaryKey().columns()).equals(columns))
        || table.uniques().stream().anyMatch(key -> new HashSet<>(key.columns()).equals(columns));
  }
}
