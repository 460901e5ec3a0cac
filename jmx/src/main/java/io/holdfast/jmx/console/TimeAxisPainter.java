package io.holdfast.jmx.console;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.time.ZoneId;

/** Draws round times below a plot; all charts of the tab share them. */
final class TimeAxisPainter {

  private TimeAxisPainter() {}

  static void paint(Graphics2D canvas, Rectangle plot, TimeSpan span) {
    FontMetrics metrics = canvas.getFontMetrics();
    int labelWidth = metrics.stringWidth("00:00:00");
    for (long atMillis : span.ticks(Math.max(1, plot.width / (labelWidth + 14)))) {
      int x = plot.x + (int) Math.round(plot.width * span.positionOf(atMillis));
      canvas.setColor(Palette.grid());
      canvas.drawLine(x, plot.y, x, plot.y + plot.height + 3);
      String label = span.label(atMillis, ZoneId.systemDefault());
      int left = x - metrics.stringWidth(label) / 2;
      int right = plot.x + plot.width + 8 - metrics.stringWidth(label);
      canvas.setColor(Palette.faintText());
      canvas.drawString(
          label,
          Math.max(2, Math.min(left, right)),
          plot.y + plot.height + metrics.getAscent() + 3);
    }
  }
}
