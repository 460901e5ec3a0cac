package io.holdfast.soak;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Two charts over one time axis: the sizes of file and log above, operations a second below. */
final class SoakPlot {
  private static final int LEFT = 70;
  private static final int WIDTH = 820;
  private static final int HEIGHT = 180;
  private static final int UPPER = 40;
  private static final int LOWER = 280;
  private static final String INK = "#52514e";
  private static final double MEGABYTE = 1_048_576;

  private final List<SoakReport.Sample> samples;
  private final double seconds;
  private final StringBuilder svg = new StringBuilder();

  SoakPlot(List<SoakReport.Sample> samples) {
    this.samples = samples;
    this.seconds = Math.max(
        1, samples.stream().mapToDouble(SoakReport.Sample::atSeconds).max().orElse(1));
  }

  String svg() {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 930 510\" width=\"930\" height=\"510\""
            + " font-family=\"sans-serif\" font-size=\"12\" fill=\"%s\">",
        INK);
    add("<rect width=\"930\" height=\"510\" fill=\"#fcfcfb\"/>");
    ToDoubleFunction<SoakReport.Sample> file = sample -> sample.fileBytes() / MEGABYTE;
    ToDoubleFunction<SoakReport.Sample> log = sample -> sample.logBytes() / MEGABYTE;
    ToDoubleFunction<SoakReport.Sample> quota = sample -> sample.quotaBytes() / MEGABYTE;
    double sizeLimit = ceiling(Math.max(max(file), Math.max(max(log), max(quota))));
    kills();
    axes(UPPER, "MB", sizeLimit);
    line(UPPER, sizeLimit, file, "#2a78d6");
    line(UPPER, sizeLimit, log, "#eb6834");
    line(UPPER, sizeLimit, quota, "#8a4fc7");
    legend(LEFT + 10, "#2a78d6", "file");
    legend(LEFT + 80, "#eb6834", "log (-wal)");
    legend(LEFT + 190, "#8a4fc7", "file limited to 1 MB");
    add(
        "<path d=\"M%d 20v12\" stroke=\"#b9b8b2\"/><text x=\"%d\" y=\"30\">a process is killed</text>",
        LEFT + 350, LEFT + 358);
    double rateLimit = ceiling(max(SoakReport.Sample::operationsPerSecond));
    axes(LOWER, "operations a second, both processes", rateLimit);
    line(LOWER, rateLimit, SoakReport.Sample::operationsPerSecond, "#1baf7a");
    time();
    add("</svg>");
    return svg.toString();
  }

  private double max(ToDoubleFunction<SoakReport.Sample> value) {
    return samples.stream().mapToDouble(value).max().orElse(1);
  }

  /** The next number above that starts with 1, 2 or 5. */
  private static double ceiling(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-3))));
    for (double step : new double[] {1, 2, 5}) {
      if (step * power >= value) {
        return step * power;
      }
    }
    return 10 * power;
  }

  private double x(double atSeconds) {
    return LEFT + atSeconds / seconds * WIDTH;
  }

  private void kills() {
    for (SoakReport.Sample sample : samples) {
      if (sample.isKill()) {
        for (int top : new int[] {UPPER, LOWER}) {
          add("<path d=\"M%.1f %dv%d\" stroke=\"#e4e3dd\"/>", x(sample.atSeconds()), top, HEIGHT);
        }
      }
    }
  }

  private void axes(int top, String title, double limit) {
    for (int i = 0; i <= 4; i++) {
      double y = top + HEIGHT * (1 - i / 4.0);
      add("<path d=\"M%d %.1fh%d\" stroke=\"#d8d7d0\" stroke-width=\"0.6\"/>", LEFT, y, WIDTH);
      add(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
          LEFT - 6, y + 4, label(limit * i / 4));
    }
    add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT + WIDTH, top - 10, title);
  }

  private static String label(double value) {
    boolean isWhole = Math.abs(value - Math.rint(value)) < 1e-9;
    return String.format(Locale.ROOT, isWhole ? "%,.0f" : "%,.2f", value);
  }

  private void line(
      int top, double limit, ToDoubleFunction<SoakReport.Sample> value, String colour) {
    StringBuilder points = new StringBuilder();
    for (SoakReport.Sample sample : samples) {
      double y = top + HEIGHT * (1 - value.applyAsDouble(sample) / limit);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(sample.atSeconds()), y));
    }
    add(
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>",
        colour, points.toString().strip());
  }

  private void legend(int left, String colour, String name) {
    add("<path d=\"M%d 26h16\" stroke=\"%s\" stroke-width=\"2\"/>", left, colour);
    add("<text x=\"%d\" y=\"30\">%s</text>", left + 22, name);
  }

  private void time() {
    for (int i = 0; i <= 5; i++) {
      double at = seconds * i / 5;
      add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          x(at), LOWER + HEIGHT + 20, String.format(Locale.ROOT, "%.0f s", at));
    }
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
