package io.holdfast.jmx.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTable;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            Map.of("shop", new DatabaseState(new Numbers(Map.of()), "abc", List.of(drift)))),
        new TreeMap<>(Map.of("answers", responses(step)))));
  }

  private static ResponseState responses(int step) {
    var numbers = Map.of(
        "HitCount", 7.0 * step, "CoalescedCount", 2.0, "MissCount", 3.0, "SavedMillis", 90_000.0);
    return new ResponseState(
        new Numbers(numbers), new TreeMap<>(Map.of("USD", new BigDecimal("12.345"))), false);
  }

  @Test
  void responseCaches_areShownWithWhatTheySaved_andOnlyWhereThereAreSome() throws Exception {
    SwingUtilities.invokeAndWait(() -> {
      var history = new History();
      var panel = new HoldfastPanel(history);
      ResponseArea area = find(panel, ResponseArea.class);
      assertThat(area.isVisible()).isFalse();
      read(history, 1);
      panel.refresh("here");
      assertThat(area.isVisible()).isTrue();
      assertThat(find(area, JLabel.class).getText())
          .isEqualTo("Response caches: 90.0 s of computing saved, money: 12.34 USD");
      JTable table = find(area, JTable.class);
      assertThat(IntStream.range(0, table.getColumnCount()).mapToObj(i -> table.getValueAt(0, i)))
          .containsExactly("answers", "7", "2", "3", "–", "90.0 s", "12.34 USD", "– under way");
      history.add(Snapshot.none(2_000_000));
      panel.refresh("gone");
      assertThat(area.isVisible()).isFalse();
    });
  }

  @ParameterizedTest
  @CsvSource({"119000, 119.0 s", "600000, 10.0 min", "36000000, 10.0 h", "40, 40 ms"})
  void savedTime_isWrittenInAUnitThatSuitsIt(double millis, String text) {
    var state =
        new ResponseState(new Numbers(Map.of("SavedMillis", millis)), new TreeMap<>(), false);
    assertThat(ResponseState.savedTime(List.of(state))).isEqualTo(text);
  }

  private static <T extends Component> T find(Container container, Class<T> type) {
    return Objects.requireNonNull(findIn(container, type));
  }

  private static <T extends Component> @Nullable T findIn(Container container, Class<T> type) {
    for (Component child : container.getComponents()) {
      if (type.isInstance(child)) {
        return type.cast(child);
      }
      T found = child instanceof Container inner ? findIn(inner, type) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
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
      history.add(Snapshot.none(2_000_000));
      panel.refresh("beans gone");
      painted(panel);
      assertThat(history.cacheNames()).isEmpty();
    });
  }
}
