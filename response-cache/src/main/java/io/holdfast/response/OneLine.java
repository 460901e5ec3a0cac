package io.holdfast.response;

/** Text on one line: the ends of lines, and the backslash, as in Java. */
final class OneLine {

  private OneLine() {}

  static String of(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  static String read(String line) {
    var text = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char each = line.charAt(i);
      if (each == '\\' && i + 1 < line.length()) {
        i++;
        char escaped = line.charAt(i);
        text.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
      } else {
        text.append(each);
      }
    }
    return text.toString();
  }
}
