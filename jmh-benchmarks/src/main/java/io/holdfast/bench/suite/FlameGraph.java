package io.holdfast.bench.suite;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Stacks as a picture: a frame is as wide as it was met often, and stands below the one that called it.
 * What is narrower than a point is left out.
 *
 * @see <a href="https://doi.org/10.1145/2909476">Gregg, The Flame Graph, 2016</a>
 */
final class FlameGraph {
  private static final int WIDTH = 1_200;
  private static final int ROW = 17;
  private static final int HEADING = 56;
  private static final double CHARACTER = 6.1;

  private final Svg svg = new Svg(11);
  private final double pointsPerSample;
  private int deepest;

  private FlameGraph(int total) {
    pointsPerSample = (double) WIDTH / total;
  }

  /** A frame and those it called. */
  private static final class Node {
    private final SortedMap<String, Node> called = new TreeMap<>();
    private int count;

    void add(String[] frames, int at, int times) {
      count += times;
      if (at < frames.length) {
        called.computeIfAbsent(frames[at], name -> new Node()).add(frames, at + 1, times);
      }
    }
  }

  static String svg(String title, Stacks stacks) {
    var root = new Node();
    stacks.counts().forEach((stack, count) -> root.add(stack.split(";", -1), 0, count));
    var graph = new FlameGraph(root.count);
    graph.drawHeading(title, root.count);
    graph.drawCalled(root, 0, 0);
    return graph.svg.picture(WIDTH, HEADING + (graph.deepest + 1) * ROW + 10);
  }

  private void drawHeading(String title, int total) {
    svg.add(
        "<text x=\"10\" y=\"20\" font-size=\"13\" font-weight=\"bold\">%s</text>",
        Svg.escaped(title));
    svg.add("<text x=\"10\" y=\"38\">%,d samples</text>", total);
    int x = 140;
    for (Owner owner : Owner.values()) {
      svg.add(
          "<rect x=\"%d\" y=\"28\" width=\"12\" height=\"12\" fill=\"%s\"/>", x, owner.colour());
      svg.add("<text x=\"%d\" y=\"38\">%s</text>", x + 17, owner.title());
      x += 40 + (int) (owner.title().length() * CHARACTER);
    }
  }

  private void drawCalled(Node caller, double x, int depth) {
    double left = x;
    for (Map.Entry<String, Node> called : caller.called.entrySet()) {
      double width = called.getValue().count * pointsPerSample;
      if (width >= 1) {
        deepest = Math.max(deepest, depth);
        drawFrame(called.getKey(), called.getValue().count, left, width, depth);
        drawCalled(called.getValue(), left, depth + 1);
      }
      left += width;
    }
  }

  private void drawFrame(String frame, int count, double x, double width, int depth) {
    int y = HEADING + depth * ROW;
    svg.add(
        "<g><title>%s: %d samples, %.1f %%</title>",
        Svg.escaped(frame), count, 100 * width / WIDTH);
    svg.add(
        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\" stroke=\"#fcfcfb\"/>",
        x, y, width, ROW, Owner.of(frame).colour());
    String shortName = shortName(frame);
    int characters = (int) ((width - 6) / CHARACTER);
    if (characters >= 4) {
      String label = shortName.length() <= characters
          ? shortName
          : shortName.substring(0, characters - 1) + "…";
      svg.add("<text x=\"%.1f\" y=\"%d\">%s</text>", x + 3, y + 12, Svg.escaped(label));
    }
    svg.add("</g>");
  }

  /** Class and method. */
  private static String shortName(String frame) {
    int method = frame.lastIndexOf('.');
    return method < 0 ? frame : frame.substring(frame.lastIndexOf('.', method - 1) + 1);
  }
}
