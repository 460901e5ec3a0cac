package io.holdfast.docs.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns for a terminal: titles, a rule, rows; numbers to the right. */
public final class TextTable {
  private final List<String> titles;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these titles; one that begins with {@code >} makes its column end right. */
  public TextTable(String... titles) {
    this.titles = List.of(titles);
  }

  /** Adds a row. */
  public TextTable row(String... cells) {
    if (cells.length != titles.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + titles.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The lines, each ended. */
  public String render() {
    int[] widths = new int[titles.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(title(i));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    var text = new StringBuilder();
    var heads = new ArrayList<String>();
    var rules = new ArrayList<String>();
    for (int i = 0; i < widths.length; i++) {
      heads.add(title(i));
      rules.add("-".repeat(widths[i]));
    }
    line(text, heads, widths);
    line(text, rules, widths);
    rows.forEach(row -> line(text, row, widths));
    return text.toString();
  }

  private String title(int column) {
    String title = titles.get(column);
    return title.startsWith(">") ? title.substring(1) : title;
  }

  private void line(StringBuilder text, List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String space = " ".repeat(widths[i] - width(cells.get(i)));
      line.append(i == 0 ? "" : "  ")
          .append(titles.get(i).startsWith(">") ? space + cells.get(i) : cells.get(i) + space);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
