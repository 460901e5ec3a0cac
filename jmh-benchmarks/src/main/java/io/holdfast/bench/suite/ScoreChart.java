package io.holdfast.bench.suite;

import java.util.List;

/** The scores as bars. The axis is logarithmic, each chart has its own. */
final class ScoreChart {
  private static final int WIDTH = 900;
  private static final int LEFT = 170;
  private static final int BARS = 520;
  private static final int ROW = 22;
  private static final int HEADING = 46;

  private final Svg svg = new Svg(12);
  private int top = 10;

  private ScoreChart() {}

  static String svg(List<Scores> tables) {
    var chart = new ScoreChart();
    tables.forEach(chart::draw);
    return chart.svg.picture(WIDTH, chart.top + 10);
  }

  private void draw(Scores scores) {
    svg.add(
        "<text x=\"10\" y=\"%d\" font-size=\"14\" font-weight=\"bold\">%s</text>",
        top + 18, scores.heading());
    svg.add(
        "<text x=\"10\" y=\"%d\">processor time per operation (logarithmic) and ratio to the baseline</text>",
        top + 36);
    top += HEADING;
    double least = Math.log10(scores.ascending().get(0).cpuNanos());
    double most =
        Math.log10(scores.ascending().get(scores.ascending().size() - 1).cpuNanos());
    for (Score score : scores.ascending()) {
      // The shortest bar is a fifth of the longest: where
      // a logarithmic axis begins is anyone's choice.
      double share =
          most == least ? 1 : .2 + .8 * (Math.log10(score.cpuNanos()) - least) / (most - least);
      bar(score, scores.ratio(score), share);
    }
    top += 12;
  }

  private void bar(Score score, String ratio, double share) {
    svg.add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
        LEFT - 8, top + 15, Peers.plainName(score.peer()));
    svg.add(
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" fill=\"%s\"/>",
        LEFT, top + 2, share * BARS, ROW - 5, Peers.isOurs(score.peer()) ? "#2a78d6" : "#b9b8b2");
    svg.add(
        "<text x=\"%.1f\" y=\"%d\">%,.0f ns, %s</text>",
        LEFT + share * BARS + 8, top + 15, score.cpuNanos(), ratio);
    top += ROW;
  }
}
