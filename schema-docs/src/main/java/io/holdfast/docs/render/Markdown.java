package io.holdfast.docs.render;

import java.util.List;
import java.util.Locale;

/** Text that came from elsewhere, made safe inside Markdown; and the few shapes that pages need. */
public final class Markdown {

  private Markdown() {}

  /** Plain text: nothing in it is markup any more, and it stays on one line. */
  public static String text(String foreign) {
    var safe = new StringBuilder(foreign.length() + 16);
    int[] characters = foreign.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      int character = characters[i];
      switch (character) {
        case '_' -> safe.append(isInsideWord(characters, i) ? "_" : "\\_");
        case '\\', '`', '*', '[', ']', '|', '#', '~', '$' ->
          safe.append('\\').appendCodePoint(character);
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        default -> appendPlain(safe, character);
      }
    }
    return safe.toString();
  }

  /** An underscore between letters or digits is never emphasis. */
  private static boolean isInsideWord(int[] characters, int index) {
    return index > 0
        && index + 1 < characters.length
        && Character.isLetterOrDigit(characters[index - 1])
        && Character.isLetterOrDigit(characters[index + 1]);
  }

  /**
   * Code in a table cell or in a sentence. Backticks inside get a longer fence; a bar is escaped, as
   * a table row is cut at bars before code is looked for.
   */
  public static String code(String foreign) {
    if (foreign.isEmpty()) {
      return "*(empty)*";
    }
    var line = new StringBuilder(foreign.length());
    foreign.codePoints().forEach(character -> appendPlain(line, character));
    String text = line.toString();
    String fence = "`";
    while (text.contains(fence)) {
      fence += "`";
    }
    boolean pad = text.startsWith("`") || text.endsWith("`") || text.isBlank();
    String body = (pad ? " " + text + " " : text).replace("|", "\\|");
    return fence + body + fence;
  }

  /** A link to another page; the label is already Markdown. */
  static String link(String label, String file) {
    return "[" + label + "](" + file + ")";
  }

  /** A table row; the cells are already Markdown. */
  static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /** A table's head with the rule below; a title that begins with {@code >} is aligned right. */
  static String head(List<String> titles) {
    var titleCells = titles.stream()
        .map(title -> title.startsWith(">") ? title.substring(1) : title)
        .toList();
    var rule =
        titles.stream().map(title -> title.startsWith(">") ? "---:" : "---").toList();
    return row(titleCells) + row(rule);
  }

  /** {@code 12,345}. */
  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 1 row}, {@code 12,345 rows}. */
  public static String count(long number, String singular) {
    return number(number) + " " + (number == 1 ? singular : singular + "s");
  }

  /** {@code 12 %}, with one decimal below ten, {@code < 0.1 %} instead of a wrong zero. */
  public static String share(long part, long whole) {
    if (whole == 0 || part == 0) {
      return "0 %";
    }
    double percent = 100.0 * part / whole;
    if (percent < 0.1) {
      return "< 0.1 %";
    }
    if (percent > 99.9 && part < whole) {
      return "> 99.9 %";
    }
    return percent < 10 && percent != Math.rint(percent)
        ? String.format(Locale.ROOT, "%.1f %%", percent)
        : Math.round(percent) + " %";
  }

  private static void appendPlain(StringBuilder line, int character) {
    if (character == '\n' || character == '\r' || character == '\t') {
      line.append(' ');
    } else if (Character.isISOControl(character)) {
      line.append('�');
    } else {
      line.appendCodePoint(character);
    }
  }
}
