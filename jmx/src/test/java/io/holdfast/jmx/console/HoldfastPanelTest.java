package io.holdfast.jmx.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The panel painted into a picture, which needs no display. */
class HoldfastPanelTest {

  private static final Dimension SMALL = new Dimension(880, 600);

  private static Numbers cache(double heapHits, double hits, double misses) {
    return new Numbers(Map.of("HeapHitCount", heapHits, "HitCount", hits, "MissCount", misses));
  }

  private static void read(History history, int step) {
    var file = new Numbers(Map.of("FileBytes", 1e6 + 1e5 * step, "WalBytes", 4e5));
    var drift = new Drift(1_000_000 + 5000, "shop", "T", "T: column added", true, "h");
    history.add(new Snapshot(
        1_000_000 + 4000L * step,
        new TreeMap<>(Map.of(
            "<html><b>orders", cache(90 * step, 95 * step, 5 * step),
            "customers", cache(10 * step, 50 * step, 50 * step))),
        new TreeMap<>(Map.of("cache.db", file)),
        new TreeMap<>(
            Map.of("shop", new DatabaseState(new Numbers(Map.of()), "abc", List.of(drift))))));
  }

  private static BufferedImage painted(JPanel panel) {
    panel.setSize(SMALL);
    layOut(panel);
    var image = new BufferedImage(SMALL.width, SMALL.height, BufferedImage.TYPE_INT_RGB);
    panel.print(image.getGraphics());
    return image;
  }

  private static void layOut(Container container) {
    container.doLayout();
    for (Component child : container.getComponents()) {
      if (child instanceof Container inner) {
        layOut(inner);
      }
    }
  }

  private static long pixels(BufferedImage image, Color color) {
    long found = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        found += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return found;
  }

  /** More than the squares of a legend, which are there without a line too. */
  @ParameterizedTest
  @MethodSource("colours")
  void paint_withReadings_linesAndMarksAreThere(Color color) throws Exception {
    SwingUtilities.invokeAndWait(() -> {
      var history = new History();
      var panel = new HoldfastPanel(history);
      long before = pixels(painted(panel), color);
      for (int step = 0; step < 10; step++) {
        read(history, step);
        panel.refresh("here");
      }
      assertThat(pixels(painted(panel), color)).isGreaterThan(before + 100);
    });
  }

  static List<Color> colours() {
    return List.of(Palette.HEAP, Palette.FILE, Palette.MISS, Palette.LOG);
  }

  @Test
  void paint_nothingSeenOrEverythingGone_doesNotFail() throws Exception {
    SwingUtilities.invokeAndWait(() -> {
      var history = new History();
      var panel = new HoldfastPanel(history);
      painted(panel);
      history.disconnected(5);
      panel.refresh("no answer");
      read(history, 1);
      panel.refresh("here");
      history.add(new Snapshot(2_000_000, new TreeMap<>(), new TreeMap<>(), new TreeMap<>()));
      panel.refresh("beans gone");
      painted(panel);
      assertThat(history.cacheNames()).isEmpty();
    });
  }
}
