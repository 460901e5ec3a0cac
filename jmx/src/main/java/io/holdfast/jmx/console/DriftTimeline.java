package io.holdfast.jmx.console;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.event.MouseEvent;
import java.util.List;
import javax.swing.JPanel;
import javax.swing.ToolTipManager;
import javax.swing.UIManager;
import org.jspecify.annotations.Nullable;

/** A mark for each drift, over the same time as the charts: round if made here, else a diamond. */
final class DriftTimeline extends JPanel {

  private static final int REACH = 6;

  private List<Drift> drifts = List.of();
  private TimeSpan span = new TimeSpan(0, 1);

  DriftTimeline() {
    setFont(UIManager.getFont("Label.font").deriveFont(Font.PLAIN, 11f));
    setPreferredSize(new Dimension(300, 42));
    ToolTipManager.sharedInstance().registerComponent(this);
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
  protected void paintComponent(Graphics graphics) {
    var canvas = (Graphics2D) graphics.create();
    try {
      canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      canvas.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      canvas.setColor(Palette.background());
      canvas.fillRect(0, 0, getWidth(), getHeight());
      Rectangle plot = plot();
      canvas.setFont(getFont());
      TimeAxisPainter.paint(canvas, plot, span);
      int middle = plot.y + plot.height / 2;
      canvas.setColor(Palette.faintText());
      canvas.drawLine(plot.x, middle, plot.x + plot.width, middle);
      for (Drift drift : drifts) {
        paintMark(canvas, x(plot, drift), middle, drift.outside(), plot);
      }
    } finally {
      canvas.dispose();
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
