package io.holdfast.bench.suite;

import java.util.List;
import java.util.Locale;

/** The curves as tables of Markdown, one for each. */
final class CurveTable {

  private CurveTable() {}

  static String markdown(List<Curves> all) {
    var page = new StringBuilder();
    for (Curves curves : all) {
      page.append("\n## ")
          .append(curves.title())
          .append(" by ")
          .append(curves.axis())
          .append("\n\n| ")
          .append(curves.axis());
      curves
          .points()
          .keySet()
          .forEach(peer -> page.append(" | ")
              .append(Peers.nameInTable(peer))
              .append(": CPU, ns/op | wall, ns/op"));
      page.append(" | ratio of CPU |\n")
          .append("| ---: ".repeat(2 * curves.points().size() + 2))
          .append("|\n");
      for (int row = 0; row < curves.sizes().size(); row++) {
        appendRow(page, curves, row);
      }
    }
    return page.toString();
  }

  private static void appendRow(StringBuilder page, Curves curves, int row) {
    page.append(String.format(Locale.ROOT, "| %,d", curves.sizes().get(row)));
    for (List<Curves.Point> points : curves.points().values()) {
      Curves.Point point = points.get(row);
      page.append(
          String.format(Locale.ROOT, " | %,.0f | %,.0f", point.cpuNanos(), point.wallNanos()));
    }
    page.append(String.format(
        Locale.ROOT,
        " | %.2f |%n",
        curves.ours().get(row).cpuNanos() / curves.baseline().get(row).cpuNanos()));
  }
}
