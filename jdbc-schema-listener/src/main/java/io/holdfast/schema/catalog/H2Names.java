package io.holdfast.schema.catalog;

import io.holdfast.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names as H2 prints them: quoted, with anything beyond ASCII as {@code U&"\65e5"}. */
public final class H2Names {

  private static final Pattern QUOTED = Pattern.compile("(U&)?\"((?:[^\"]|\"\")*)\"");
  private static final Pattern ESCAPED =
      Pattern.compile("\\\\(?:(\\\\)|\\+([0-9a-fA-F]{6})|([0-9a-fA-F]{4}))");

  private H2Names() {}

  /** A name in quotes, so that two names never read as one. */
  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** What stands between the quotes of {@code U&"…"}, as the name that it is. */
  public static String unescaped(String text) {
    return ESCAPED.matcher(text).replaceAll(match -> {
      if (match.group(1) != null) {
        return Matcher.quoteReplacement("\\");
      }
      String digits = match.group(2) == null ? match.group(3) : match.group(2);
      return Matcher.quoteReplacement(Character.toString(Integer.parseInt(digits, 16)));
    });
  }

  /** The relations in a view's body, where each stands as {@code "SCHEMA"."NAME"}; names too many. */
  static List<TableName> relations(String body, String ownSchema) {
    var found = new ArrayList<TableName>();
    Matcher matcher = QUOTED.matcher(body);
    String previous = "";
    int previousEnd = -1;
    while (matcher.find()) {
      String plain = matcher.group(2).replace("\"\"", "\"");
      String name = matcher.group(1) == null ? plain : unescaped(plain);
      boolean qualified = matcher.start() == previousEnd + 1 && body.charAt(previousEnd) == '.';
      found.add(new TableName(qualified ? previous : ownSchema, name));
      previous = name;
      previousEnd = matcher.end();
    }
    return found;
  }
}
