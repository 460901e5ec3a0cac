package io.holdfast.docs.render;

import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.TableStructure.ForeignKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A table's page: its kept body between a heading and its relations in both directions.
 *
 * <p>Relations are rendered on each run from the structures that are true now. Were they kept with
 * the body, a new reference from another table would leave this page stale, or the page's key would
 * have to change with every other table.
 */
public final class TablePage {

  private TablePage() {}

  /**
   * Renders it.
   *
   * @param body from {@link TableBody#render}
   * @param all every table, for references to this one
   */
  public static String render(
      TableStructure table, String body, Collection<TableStructure> all, PageNames names) {
    return "# " + Markdown.text(table.name().name()) + "\n\n" + kind(table) + " · "
        + Markdown.link("all tables", IndexPage.FILE) + "\n\n" + body.strip() + "\n\n"
        + relations(table, all, names);
  }

  private static String kind(TableStructure table) {
    String kind = IndexPage.kind(table);
    return Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + " in schema "
        + Markdown.code(table.name().schema());
  }

  private static String relations(
      TableStructure table, Collection<TableStructure> all, PageNames names) {
    var out = new ArrayList<String>();
    table
        .foreignKeys()
        .forEach(foreign -> out.add(list(foreign.columns()) + " → "
            + reference(foreign.references(), names) + referenced(foreign) + detail(foreign)));
    var in = new ArrayList<String>();
    for (TableStructure other : all) {
      for (ForeignKey foreign : other.foreignKeys()) {
        if (foreign.references().equals(table.name())) {
          in.add(reference(other.name(), names) + " (" + list(foreign.columns()) + ")"
              + detail(foreign));
        }
      }
    }
    if (out.isEmpty() && in.isEmpty()) {
      return "";
    }
    return "## Relations\n\n" + section("References", out) + section("Referenced by", in);
  }

  private static String section(String title, List<String> lines) {
    return lines.isEmpty() ? "" : title + ":\n\n- " + String.join("\n- ", lines) + "\n\n";
  }

  private static String referenced(ForeignKey foreign) {
    return foreign.referencedColumns().isEmpty()
        ? ""
        : " (" + list(foreign.referencedColumns()) + ")";
  }

  private static String detail(ForeignKey foreign) {
    return foreign.detail().isBlank() ? "" : ", " + Markdown.text(foreign.detail());
  }

  private static String reference(TableName table, PageNames names) {
    String file = names.find(table);
    String label = Markdown.code(table.name());
    return file == null ? label : Markdown.link(label, file);
  }

  private static String list(List<String> columns) {
    return String.join(", ", columns.stream().map(Markdown::code).toList());
  }
}
