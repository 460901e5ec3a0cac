package io.holdfast.jdbc;

import java.util.regex.Pattern;

/** A JDBC URL fit for logs and messages. Masks too much rather than too little. */
final class MaskedUrl {

  private static final String MASK = "***";

  // Up to the last @ before the query: a password may hold an @ or a slash itself.
  private static final Pattern USER_INFO = Pattern.compile("//[^?;]*@");

  private static final Pattern ORACLE_LOGIN = Pattern.compile("(jdbc:oracle:[^:]*:)[^@]*@");

  private static final Pattern SECRET_PARAMETER = Pattern.compile(
      "(?i)([?&;,(][^=?&;,()]*(?:pass|pwd|secret|token|key)[^=?&;,()]*=)(?:\\{[^}]*}|[^&;)]*)");

  private MaskedUrl() {}

  static String of(String url) {
    String masked = USER_INFO.matcher(url).replaceAll("//" + MASK + "@");
    masked = ORACLE_LOGIN.matcher(masked).replaceAll("$1" + MASK + "@");
    return SECRET_PARAMETER.matcher(masked).replaceAll("$1" + MASK);
  }
}
