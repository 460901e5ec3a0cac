package io.holdfast.bench.suite;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The curves as small charts, two in a row. Both axes are logarithmic. */
final class CurveChart {
  private static final int WIDTH = 450;
  private static final int HEIGHT = 260;
  private static final int LEFT = 70;
  private static final int RIGHT = 110;
  private static final int TOP = 44;
  private static final int BOTTOM = 42;
  // The names at the right end of the right curves may be longer than their room.
  private static final int LABEL_MARGIN = 30;
  private static final double[] STEPS = {1, 2, 5};

  private final Svg svg;
  private final Curves curves;
  private final double leastSize;
  private final double mostSize;
  private final double leastNanos;
  private final double mostNanos;

  private CurveChart(Svg svg, Curves curves) {
    this.svg = svg;
    this.curves = curves;
    List<Integer> sizes = curves.sizes();
    leastSize = Math.log10(sizes.get(0));
    mostSize = Math.log10(sizes.get(sizes.size() - 1));
    leastNanos = Math.log10(curves.cpuNanos().min(Double::compare).orElseThrow()) - .15;
    mostNanos = Math.log10(curves.cpuNanos().max(Double::compare).orElseThrow()) + .15;
  }

  static String svg(List<Curves> all) {
    var svg = new Svg(11);
    for (int i = 0; i < all.size(); i++) {
      svg.add("<g transform=\"translate(%d %d)\">", i % 2 * WIDTH, i / 2 * HEIGHT);
      new CurveChart(svg, all.get(i)).draw();
      svg.add("</g>");
    }
    return svg.picture(2 * WIDTH + LABEL_MARGIN, (all.size() + 1) / 2 * HEIGHT);
  }

  private void draw() {
    svg.add(
        "<text x=\"10\" y=\"20\" font-size=\"13\" font-weight=\"bold\">%s by %s</text>",
        curves.title(), curves.axis());
    svg.add("<text x=\"10\" y=\"36\">processor time per operation</text>");
    drawScales();
    curves.points().forEach(this::drawCurve);
  }

  private void drawScales() {
    for (int power = (int) Math.floor(leastNanos); power <= mostNanos; power++) {
      for (double step : STEPS) {
        double nanos = step * Math.pow(10, power);
        if (Math.log10(nanos) >= leastNanos && Math.log10(nanos) <= mostNanos) {
          svg.add(
              "<line x1=\"%d\" x2=\"%d\" y1=\"%3$.1f\" y2=\"%3$.1f\" stroke=\"#e4e3de\"/>",
              LEFT, WIDTH - RIGHT, y(nanos));
          svg.add(
              "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
              LEFT - 6, y(nanos) + 4, duration(nanos));
        }
      }
    }
    for (int size : curves.sizes()) {
      svg.add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>",
          x(size), HEIGHT - BOTTOM + 16, size);
    }
  }

  private static String duration(double nanos) {
    if (nanos < 1e3) {
      return String.format(Locale.ROOT, "%.0f ns", nanos);
    }
    return nanos < 1e6
        ? String.format(Locale.ROOT, "%.0f µs", nanos / 1e3)
        : String.format(Locale.ROOT, "%.0f ms", nanos / 1e6);
  }

  private void drawCurve(String peer, List<Curves.Point> points) {
    String colour = Peers.isOurs(peer) ? "#2a78d6" : "#8d8c86";
    svg.add(
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>",
        colour,
        points.stream()
            .map(point ->
                String.format(Locale.ROOT, "%.1f,%.1f", x(point.size()), y(point.cpuNanos())))
            .collect(Collectors.joining(" ")));
    for (Curves.Point point : points) {
      svg.add(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>",
          x(point.size()), y(point.cpuNanos()), colour);
    }
    Curves.Point last = points.get(points.size() - 1);
    svg.add(
        "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>",
        x(last.size()) + 8, labelY(last), colour, Peers.plainName(peer));
  }

  // Names whose curves end at the same height would cover each other: the upper moves up.
  private double labelY(Curves.Point last) {
    double y = y(last.cpuNanos());
    for (Map.Entry<String, List<Curves.Point>> other : curves.points().entrySet()) {
      List<Curves.Point> points = other.getValue();
      double otherY = y(points.get(points.size() - 1).cpuNanos());
      if (otherY != y && Math.abs(otherY - y) < 12) {
        return y < otherY ? otherY - 9 : y + 12;
      }
    }
    return y + 4;
  }

  private double x(int size) {
    return LEFT + (Math.log10(size) - leastSize) / (mostSize - leastSize) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double nanos) {
    return HEIGHT
        - BOTTOM
        - (Math.log10(nanos) - leastNanos) / (mostNanos - leastNanos) * (HEIGHT - TOP - BOTTOM);
  }
}
