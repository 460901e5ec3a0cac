package io.holdfast.jmx.console;

import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import javax.swing.JPanel;
import javax.swing.ToolTipManager;

/** A drawing of its own on the colours of the tab, with smooth edges and a tool tip for each place. */
abstract class Chart extends JPanel {

  Chart(Dimension preferredSize) {
    setPreferredSize(preferredSize);
    ToolTipManager.sharedInstance().registerComponent(this);
  }

  /** Draws everything but the background; the canvas is this call's own. */
  abstract void draw(Graphics2D canvas);

  @Override
  protected final void paintComponent(Graphics graphics) {
    var canvas = (Graphics2D) graphics.create();
    try {
      canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      canvas.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      canvas.setColor(Palette.background());
      canvas.fillRect(0, 0, getWidth(), getHeight());
      draw(canvas);
    } finally {
      canvas.dispose();
    }
  }
}
