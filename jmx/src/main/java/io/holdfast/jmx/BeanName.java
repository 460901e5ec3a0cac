package io.holdfast.jmx;

import java.util.regex.Pattern;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The name of a bean: {@code io.holdfast:type=…,name=…}. Made from a string, as a table of properties
 * has no order and JConsole builds its tree from the order.
 */
final class BeanName {

  /** The domain of every bean of ours. */
  static final String DOMAIN = "io.holdfast";

  // Quotes show up in JConsole and in every exporter, so only where a character asks for them.
  private static final Pattern SAFE =
      Pattern.compile("[\\w\\-%. \\t~]+", Pattern.UNICODE_CHARACTER_CLASS);

  private BeanName() {}

  /**
   * The n-th bean of this name: {@code orders}, {@code orders~2}, {@code orders~3}.
   *
   * @param name any text
   */
  static ObjectName of(String type, String name, int number) {
    String numbered = number == 1 ? name : name + "~" + number;
    String value = SAFE.matcher(numbered).matches() ? numbered : ObjectName.quote(numbered);
    try {
      return new ObjectName(DOMAIN + ":type=" + type + ",name=" + value);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException("a quoted value is always well formed", e);
    }
  }
}
