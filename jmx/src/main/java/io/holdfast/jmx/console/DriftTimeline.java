package io.holdfast.jmx.console;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.event.MouseEvent;
import java.util.List;
import javax.swing.UIManager;
import org.jspecify.annotations.Nullable;

/** A mark for each drift, over the same time as the charts: round if made here, else a diamond. */
final class DriftTimeline extends Chart {

  private static final int REACH = 6;

  private List<Drift> drifts = List.of();
  private TimeSpan span = new TimeSpan(0, 1);

  DriftTimeline() {
    super(new Dimension(300, 42));
    setFont(UIManager.getFont("Label.font").deriveFont(Font.PLAIN, 11f));
  }

  void show(TimeSpan newSpan, List<Drift> newDrifts) {
    span = newSpan;
    drifts = List.copyOf(newDrifts);
    repaint();
  }

  private Rectangle plot() {
    return new Rectangle(12, 4, Math.max(1, getWidth() - 24), Math.max(1, getHeight() - 24));
  }

  private int x(Rectangle plot, Drift drift) {
    return plot.x + (int) Math.round(plot.width * span.positionOf(drift.atMillis()));
  }

  @Override
  void draw(Graphics2D canvas) {
    Rectangle plot = plot();
    canvas.setFont(getFont());
    TimeAxisPainter.paint(canvas, plot, span);
    int middle = plot.y + plot.height / 2;
    canvas.setColor(Palette.faintText());
    canvas.drawLine(plot.x, middle, plot.x + plot.width, middle);
    for (Drift drift : drifts) {
      paintMark(canvas, x(plot, drift), middle, drift.outside(), plot);
    }
  }

  private static void paintMark(Graphics2D canvas, int x, int y, boolean outside, Rectangle plot) {
    if (x < plot.x - REACH || x > plot.x + plot.width + REACH) {
      return;
    }
    canvas.setColor(outside ? Palette.OUTSIDE : Palette.OWN);
    if (outside) {
      canvas.fillPolygon(
          new Polygon(new int[] {x - 6, x, x + 6, x}, new int[] {y, y - 6, y, y + 6}, 4));
    } else {
      canvas.fillOval(x - 5, y - 5, 10, 10);
    }
  }

  @Override
  public @Nullable String getToolTipText(MouseEvent event) {
    Rectangle plot = plot();
    return drifts.stream()
        .filter(drift -> Math.abs(x(plot, drift) - event.getX()) <= REACH)
        .findFirst()
        .map(Drift::summary)
        .orElse(null);
  }
}
