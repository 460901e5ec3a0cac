package io.holdfast.bench.suite;

import java.util.Locale;

/** A picture that is put together element by element. */
final class Svg {
  private final int fontSize;
  private final StringBuilder elements = new StringBuilder();

  Svg(int fontSize) {
    this.fontSize = fontSize;
  }

  /** Adds a line of elements, formatted without regard to any language. */
  void add(String format, Object... arguments) {
    elements.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  /** Text that is nobody's markup. */
  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  /** All that was added, on paper of this size. */
  String picture(int width, int height) {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\""
                + " font-family=\"sans-serif\" font-size=\"%3$d\" fill=\"#52514e\">%n"
                + "<rect width=\"%1$d\" height=\"%2$d\" fill=\"#fcfcfb\"/>%n",
            width,
            height,
            fontSize)
        + elements
        + "</svg>\n";
  }
}
