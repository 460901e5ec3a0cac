package io.holdfast.jmx.console;

import java.awt.BasicStroke;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.event.MouseEvent;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import javax.swing.UIManager;
import org.jspecify.annotations.Nullable;

/** Some figures over time, with a title, a legend that says their last values, and a grid. */
final class LineChart extends Chart {

  private static final int MARGIN = 8;
  private static final float TEXT_POINTS = 11f;

  private final Unit unit;
  private final String emptyText;
  private String title;
  private List<Line> lines = List.of();
  private TimeSpan span = new TimeSpan(0, 1);

  LineChart(String title, Unit unit, String emptyText) {
    super(new Dimension(300, 150));
    this.title = title;
    this.unit = unit;
    this.emptyText = emptyText;
    setFont(UIManager.getFont("Label.font"));
    setMinimumSize(new Dimension(160, 90));
  }

  void show(String newTitle, TimeSpan newSpan, List<Line> newLines) {
    title = newTitle;
    span = newSpan;
    lines = List.copyOf(newLines);
    getAccessibleContext().setAccessibleName(title);
    getAccessibleContext().setAccessibleDescription(legendText());
    repaint();
  }

  private String legendText() {
    return lines.stream()
        .map(line -> line.label() + " " + written(line.series().last()))
        .collect(Collectors.joining(", "));
  }

  private String written(double value) {
    return Double.isNaN(value) ? "–" : unit.format(value);
  }

  @Override
  void draw(Graphics2D canvas) {
    int top = paintHeader(canvas);
    Axis axis = axis();
    Rectangle plot = plot(canvas.getFontMetrics(), axis, top);
    paintGrid(canvas, plot, axis);
    paintLines(canvas, plot, axis);
  }

  private Axis axis() {
    double max = 0;
    for (Line line : lines) {
      double highest = line.series().maxFrom(span.fromMillis());
      max = highest > max ? highest : max;
    }
    return unit.axis(max);
  }

  /** The title, and below it the legend; returns where the plot may begin. */
  private int paintHeader(Graphics2D canvas) {
    canvas.setFont(getFont().deriveFont(Font.BOLD, TEXT_POINTS + 1));
    int baseline = MARGIN + canvas.getFontMetrics().getAscent();
    canvas.setColor(Palette.text());
    canvas.drawString(title, MARGIN, baseline);
    canvas.setFont(getFont().deriveFont(Font.PLAIN, TEXT_POINTS));
    FontMetrics metrics = canvas.getFontMetrics();
    int y = baseline + metrics.getHeight() + 3;
    int x = MARGIN;
    for (Line line : lines) {
      String text = line.label() + "  " + written(line.series().last());
      int width = 14 + metrics.stringWidth(text);
      if (x > MARGIN && x + width > getWidth() - MARGIN) {
        canvas.setColor(Palette.faintText());
        canvas.drawString("…", x, y);
        break;
      }
      canvas.setColor(line.color());
      canvas.fillRoundRect(x, y - 8, 9, 9, 4, 4);
      canvas.setColor(Palette.text());
      canvas.drawString(text, x + 14, y);
      x += width + 16;
    }
    return y + 14;
  }

  private Rectangle plot(FontMetrics metrics, Axis axis, int top) {
    int labels = 0;
    for (Axis.Tick tick : axis.ticks()) {
      labels = Math.max(labels, metrics.stringWidth(tick.label()));
    }
    int left = MARGIN + labels + 6;
    int bottom = getHeight() - metrics.getHeight() - 4;
    return new Rectangle(
        left, top, Math.max(1, getWidth() - left - MARGIN - 4), Math.max(1, bottom - top));
  }

  private void paintGrid(Graphics2D canvas, Rectangle plot, Axis axis) {
    FontMetrics metrics = canvas.getFontMetrics();
    int lowestFree = Integer.MAX_VALUE;
    for (Axis.Tick tick : axis.ticks()) {
      int y = y(plot, axis, tick.value());
      canvas.setColor(Palette.grid());
      canvas.drawLine(plot.x, y, plot.x + plot.width, y);
      if (y <= lowestFree) {
        canvas.setColor(Palette.faintText());
        canvas.drawString(
            tick.label(),
            plot.x - 6 - metrics.stringWidth(tick.label()),
            y + metrics.getAscent() / 2 - 1);
        lowestFree = y - metrics.getHeight();
      }
    }
    TimeAxisPainter.paint(canvas, plot, span);
  }

  private void paintLines(Graphics2D canvas, Rectangle plot, Axis axis) {
    if (lines.stream().allMatch(line -> Double.isNaN(line.series().maxFrom(span.fromMillis())))) {
      canvas.setColor(Palette.faintText());
      int width = canvas.getFontMetrics().stringWidth(emptyText);
      canvas.drawString(
          emptyText, plot.x + Math.max(2, (plot.width - width) / 2), plot.y + plot.height / 2 - 2);
      return;
    }
    Shape clip = canvas.getClip();
    canvas.clipRect(plot.x, plot.y - 2, plot.width + 3, plot.height + 4);
    // The strong ones last, so that they lie on top.
    lines.stream().filter(line -> !line.strong()).forEach(line -> paint(canvas, plot, axis, line));
    lines.stream().filter(Line::strong).forEach(line -> paint(canvas, plot, axis, line));
    canvas.setClip(clip);
  }

  private void paint(Graphics2D canvas, Rectangle plot, Axis axis, Line line) {
    canvas.setColor(line.color());
    canvas.setStroke(new BasicStroke(
        line.strong() ? 2.4f : 1.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    Series series = line.series();
    var path = new Path2D.Double();
    boolean drawing = false;
    // From one before the left edge, whose line reaches into the plot.
    for (int i = Math.max(0, series.firstFrom(span.fromMillis()) - 1); i < series.size(); i++) {
      double value = series.value(i);
      if (Double.isNaN(value)) {
        drawing = false;
        continue;
      }
      double x = plot.x + plot.width * span.positionOf(series.timeMillis(i));
      double y = y(plot, axis, value);
      if (drawing) {
        path.lineTo(x, y);
      } else {
        path.moveTo(x, y);
        // A sample without neighbours is no line: it shows as a dot.
        canvas.fill(new Ellipse2D.Double(x - 1.5, y - 1.5, 3, 3));
      }
      drawing = true;
    }
    canvas.draw(path);
  }

  private static int y(Rectangle plot, Axis axis, double value) {
    return plot.y + plot.height - (int) Math.round(plot.height * axis.positionOf(value));
  }

  @Override
  public @Nullable String getToolTipText(MouseEvent event) {
    FontMetrics metrics = getFontMetrics(getFont().deriveFont(Font.PLAIN, TEXT_POINTS));
    Rectangle plot = plot(metrics, axis(), 0);
    double position = (event.getX() - plot.x) / (double) plot.width;
    if (position < 0 || position > 1 || lines.isEmpty()) {
      return null;
    }
    long atMillis = span.timeAt(position);
    return lines.stream()
        .map(line -> line.label() + " " + written(line.series().near(atMillis)))
        .collect(Collectors.joining(
            ", ", TimeSpan.time(atMillis, ZoneId.systemDefault(), "HH:mm:ss") + "   ", ""));
  }
}
