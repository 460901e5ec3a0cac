package io.holdfast.docs.serve;

import io.holdfast.schema.TableName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which table of which connection, as one segment of a path: {@code shop.public.orders}. What is no
 * letter of ASCII, digit, dash or underscore is written as {@code ~} and two hexadecimal digits for each
 * byte: a percent sign would be decoded on the way, a slash cut.
 *
 * @param connection its name
 * @param table which
 */
record TableId(String connection, TableName table) {

  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

  private static final Pattern FORM = Pattern.compile("([^.]*)\\.([^.]*)\\.([^.]*)");

  /** Reads what {@link #toString} wrote; empty if nothing can have written it so. */
  static Optional<TableId> parse(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var id = new TableId(
        decoded(parts.group(1)), new TableName(decoded(parts.group(2)), decoded(parts.group(3))));
    return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
  }

  @Override
  public String toString() {
    return encoded(connection) + "." + encoded(table.schema()) + "." + encoded(table.name());
  }

  private static String encoded(String part) {
    var text = new StringBuilder();
    for (byte unit : part.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = PLAIN.indexOf(unit) >= 0;
      text.append(plain ? String.valueOf((char) unit) : String.format(Locale.ROOT, "~%02X", unit));
    }
    return text.toString();
  }

  private static String decoded(String text) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      boolean escape = text.charAt(i) == '~' && i + 3 <= text.length();
      int unit = escape ? hex(text, i + 1) : -1;
      bytes.write(unit < 0 ? text.charAt(i) : unit);
      i += unit < 0 ? 0 : 2;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Two digits, -1 if they are none. */
  private static int hex(String text, int at) {
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
