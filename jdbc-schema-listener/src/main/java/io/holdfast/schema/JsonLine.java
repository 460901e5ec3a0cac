package io.holdfast.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as far as the journal needs it: objects, lists, texts, whole numbers and null, on one line. Nobody
 * should have to bring a library along for that.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class JsonLine {

  private static final int MAX_DEPTH = 8;

  private final String text;
  private int at;

  private JsonLine(String text) {
    this.text = text;
  }

  /** Writes maps with texts as keys, lists, texts, numbers and null. */
  static String write(@Nullable Object value) {
    var out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator);
        quote(String.valueOf(entry.getKey()), out);
        out.append(':');
        write(entry.getValue(), out);
        separator = ",";
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> list) {
      String separator = "[";
      for (Object element : list) {
        out.append(separator);
        write(element, out);
        separator = ",";
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else if (value == null || value instanceof Number) {
      out.append(value);
    } else {
      quote(value.toString(), out);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
        // An unpaired surrogate would not survive UTF-8.
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException if the line is anything else
   */
  static Map<?, ?> object(String line) {
    var reader = new JsonLine(line);
    Object value = reader.value(0);
    reader.blanks();
    if (reader.at < line.length() || !(value instanceof Map<?, ?> map)) {
      throw reader.broken();
    }
    return map;
  }

  private @Nullable Object value(int depth) {
    blanks();
    if (depth > MAX_DEPTH) {
      throw broken();
    }
    if (take('{')) {
      return members(depth + 1);
    } else if (take('[')) {
      return elements(depth + 1);
    } else if (peek() == '"') {
      return string();
    } else if (text.startsWith("null", at)) {
      at += 4;
      return null;
    }
    int start = at;
    while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Long.valueOf(text.substring(start, at));
    } catch (NumberFormatException e) {
      throw broken();
    }
  }

  private Map<String, @Nullable Object> members(int depth) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    blanks();
    if (take('}')) {
      return map;
    }
    while (true) {
      blanks();
      String name = string();
      blanks();
      require(':');
      map.put(name, value(depth));
      blanks();
      if (!take(',')) {
        require('}');
        return map;
      }
    }
  }

  private List<@Nullable Object> elements(int depth) {
    var list = new ArrayList<@Nullable Object>();
    blanks();
    if (take(']')) {
      return list;
    }
    while (true) {
      list.add(value(depth));
      blanks();
      if (!take(',')) {
        require(']');
        return list;
      }
    }
  }

  private String string() {
    require('"');
    var value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      value.append(c == '\\' ? escaped() : c);
    }
    throw broken();
  }

  private char escaped() {
    char c = peek();
    at++;
    if (c == 'u' && at + 4 <= text.length()) {
      at += 4;
      try {
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
      } catch (NumberFormatException e) {
        throw broken();
      }
    }
    int known = "\"\\/bfnrt".indexOf(c);
    if (known < 0) {
      throw broken();
    }
    return "\"\\/\b\f\n\r\t".charAt(known);
  }

  private void blanks() {
    while (at < text.length() && (peek() == ' ' || peek() == '\t')) {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void require(char c) {
    if (!take(c)) {
      throw broken();
    }
  }

  private IllegalArgumentException broken() {
    return new IllegalArgumentException("no JSON object of the journal's, at character " + at);
  }
}
