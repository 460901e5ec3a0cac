package io.holdfast.docs.cli;

import io.holdfast.semantic.evaluate.Counts;
import io.holdfast.semantic.evaluate.Evaluation;
import io.holdfast.semantic.evaluate.Evaluation.Point;
import java.util.List;
import java.util.Locale;

/** Precision over recall, of the verifier and of plain cosine similarity, with the operating point. */
final class CurveChart {
  private static final int LEFT = 60;
  private static final int TOP = 40;
  private static final int WIDTH = 520;
  private static final int HEIGHT = 360;
  private static final String VERIFIER = "#0b6e4f";
  private static final String COSINE = "#b3541e";

  private final EvaluationReport report;
  private final Evaluation evaluation;

  CurveChart(EvaluationReport report, Evaluation evaluation) {
    this.report = report;
    this.evaluation = evaluation;
  }

  String toSvg() {
    StringBuilder svg = new StringBuilder(String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
            + "<title>Precision over recall</title>%n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
        LEFT + WIDTH + 30,
        TOP + HEIGHT + 60));
    for (int tenth = 0; tenth <= 10; tenth += 2) {
      double share = tenth / 10.0;
      svg.append(String.format(
          Locale.ROOT,
          "<path d=\"M%.0f %d V%d M%d %.0f H%d\" stroke=\"#ddd\"/>%n"
              + "<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%.1f</text>"
              + "<text x=\"%d\" y=\"%.0f\" text-anchor=\"end\">%.1f</text>%n",
          x(share),
          TOP,
          TOP + HEIGHT,
          LEFT,
          y(share),
          LEFT + WIDTH,
          x(share),
          TOP + HEIGHT + 18,
          share,
          LEFT - 8,
          y(share) + 4,
          share));
    }
    label(
        svg,
        LEFT + WIDTH / 2,
        TOP + HEIGHT + 40,
        "#333",
        "recall: share of the repeats that are served");
    label(svg, LEFT + 70, TOP - 12, "#333", "precision of what is served");
    line(svg, evaluation.cosineCurve(), COSINE);
    line(svg, evaluation.verifierCurve(), VERIFIER);
    label(svg, LEFT + WIDTH - 60, TOP - 12, VERIFIER, "verifier");
    label(svg, LEFT + WIDTH - 140, TOP - 12, COSINE, "cosine");
    point(svg, evaluation.cosine(0.92), COSINE, "cosine 0.92");
    point(svg, evaluation.verified(report.decision()), VERIFIER, "calibrated");
    return svg.append("</svg>\n").toString();
  }

  private static void line(StringBuilder svg, List<Point> points, String colour) {
    svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"")
        .append(colour)
        .append("\" points=\"");
    double lastX = -1;
    for (Point point : points) {
      double here = x(point.recall());
      if (here - lastX >= 1) {
        svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", here, y(point.precision())));
        lastX = here;
      }
    }
    svg.append("\"/>\n");
  }

  private static void point(StringBuilder svg, Counts counts, String colour, String name) {
    if (counts.served() > 0) {
      double cx = x(counts.recall().value());
      double cy = y(counts.precision().value());
      svg.append(String.format(
          Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"%s\"/>%n", cx, cy, colour));
      label(svg, (int) cx, (int) cy + 20, colour, name);
    }
  }

  private static void label(StringBuilder svg, int x, int y, String colour, String text) {
    svg.append(String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"%s\">%s</text>%n",
        x,
        y,
        colour,
        text));
  }

  private static double x(double share) {
    return LEFT + share * WIDTH;
  }

  private static double y(double share) {
    return TOP + (1 - share) * HEIGHT;
  }
}
