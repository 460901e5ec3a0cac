package io.holdfast.docs.cli;

import java.util.Locale;
import java.util.regex.Pattern;

/** Keeps passwords out of what is printed. Masks too much rather than too little. */
final class Secrets {
  private static final String MASK = "***";

  // Up to the last @ before the query: a password may hold an @ or a slash itself.
  private static final Pattern USER_INFO = Pattern.compile("//[^\\s?;]*@");

  private static final Pattern PARAMETER = Pattern.compile(
      "(?i)([?&;,(][^=?&;,()\\s]*(?:pass|pwd|secret|token|key)[^=?&;,()\\s]*=)[^&;)\\s]*");

  private Secrets() {}

  /** A JDBC URL, or a text that holds one, without its passwords. */
  static String masked(String text) {
    String masked = USER_INFO.matcher(text).replaceAll("//" + MASK + "@");
    return PARAMETER.matcher(masked).replaceAll("$1" + MASK);
  }

  /** {@link #masked} for a message that may quote the password as well. */
  static String masked(String text, String password) {
    String plain = password.isEmpty() ? text : text.replace(password, MASK);
    return masked(plain);
  }

  /** Whether the URL names a password, which then needs no asking for. */
  static boolean holdsPassword(String url) {
    return USER_INFO.matcher(url).find()
        || url.toLowerCase(Locale.ROOT).matches(".*[?&;]password=.*");
  }
}
