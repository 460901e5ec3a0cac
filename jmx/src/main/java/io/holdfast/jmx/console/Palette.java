package io.holdfast.jmx.console;

import java.awt.Color;
import javax.swing.UIManager;

/** Colours that most kinds of colour blindness still tell apart (after Okabe and Ito). */
final class Palette {

  static final Color HEAP = new Color(0x009E73);
  static final Color FILE = new Color(0x0072B2);
  static final Color MISS = new Color(0xD55E00);
  static final Color LOG = new Color(0xE69F00);
  static final Color OUTSIDE = MISS;
  static final Color OWN = FILE;

  private static final Color[] IN_TURN = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xB08500),
    new Color(0x56B4E9),
    new Color(0x7F3FBF)
  };

  private Palette() {}

  /** The colour of the n-th line. */
  static Color ofLine(int number) {
    return IN_TURN[Math.floorMod(number, IN_TURN.length)];
  }

  static Color background() {
    return orElse(UIManager.getColor("List.background"), Color.WHITE);
  }

  static Color text() {
    return orElse(UIManager.getColor("List.foreground"), Color.BLACK);
  }

  /** For words that explain: between text and background. */
  static Color faintText() {
    return mix(text(), background(), 0.6);
  }

  static Color grid() {
    return mix(text(), background(), 0.13);
  }

  private static Color orElse(Color color, Color otherwise) {
    return color == null ? otherwise : color;
  }

  private static Color mix(Color front, Color back, double share) {
    return new Color(
        part(front.getRed(), back.getRed(), share),
        part(front.getGreen(), back.getGreen(), share),
        part(front.getBlue(), back.getBlue(), share));
  }

  private static int part(int front, int back, double share) {
    return (int) Math.round(front * share + back * (1 - share));
  }
}
