package io.holdfast.docs.render;

import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The first page: what the database holds, a diagram, a line for each table. */
public final class IndexPage {

  /** Its file, the one that code hosting sites show for a directory. */
  public static final String FILE = "README.md";

  private IndexPage() {}

  /**
   * Renders it.
   *
   * @param database what to call the database
   * @param tables every table and view, in the order of the page
   * @param lines what to say about each; a table that is missing could not be documented
   */
  public static String render(
      String database,
      List<TableStructure> tables,
      Map<TableName, IndexLine> lines,
      PageNames names) {
    long views = tables.stream().filter(IndexPage::isView).count();
    long rows = tables.stream()
        .filter(table -> !isView(table))
        .map(table -> lines.get(table.name()))
        .filter(line -> line != null)
        .mapToLong(IndexLine::rowCount)
        .sum();
    var page = new StringBuilder("# Database ")
        .append(Markdown.text(database))
        .append("\n\n")
        .append(Markdown.count(tables.size() - views, "table"))
        .append(views == 0 ? "" : " and " + Markdown.count(views, "view"))
        .append(", ")
        .append(Markdown.count(rows, "row"))
        .append(" when last counted.\n\n")
        .append(EntityDiagram.section(tables))
        .append("## Tables\n\n")
        .append(Markdown.head(List.of("Table", ">Rows", "What it holds")));
    for (TableStructure table : tables) {
      IndexLine line = lines.get(table.name());
      page.append(Markdown.row(List.of(
          Markdown.link(Markdown.code(label(table, tables)), names.get(table.name()))
              + (isView(table) ? " (" + kind(table) + ")" : ""),
          line == null ? "" : (line.rowCountExact() ? "" : "≥ ") + Markdown.number(line.rowCount()),
          line == null ? "*could not be documented*" : line.summary())));
    }
    return page.toString();
  }

  /** The bare name where all tables are in one schema. */
  static String label(TableStructure table, List<TableStructure> all) {
    boolean oneSchema =
        all.stream().map(other -> other.name().schema()).distinct().count() == 1;
    return oneSchema ? table.name().name() : table.name().toString();
  }

  static boolean isView(TableStructure table) {
    return table.kind() == TableStructure.Kind.VIEW
        || table.kind() == TableStructure.Kind.MATERIALIZED_VIEW;
  }

  static String kind(TableStructure table) {
    return table.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * What the index says about one table.
   *
   * @param summary one line of Markdown
   */
  public record IndexLine(long rowCount, boolean rowCountExact, String summary) {}
}
