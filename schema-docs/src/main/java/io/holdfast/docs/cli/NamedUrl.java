package io.holdfast.docs.cli;

import io.holdfast.docs.serve.Tenant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection of the service as it is given: {@code shop=jdbc:postgresql://…}, or the URL alone.
 *
 * @param name of the connection
 * @param value what belongs to it
 */
record NamedUrl(String name, String value) {

  private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9_-]{0,39})=(.*)");

  /** Reads one. */
  static NamedUrl parse(String text) {
    Matcher named = FORM.matcher(text);
    return named.matches()
        ? new NamedUrl(named.group(1), named.group(2))
        : new NamedUrl(Tenant.UNNAMED, text);
  }

  /** Where the password of this connection is read from: no server is sent another one's. */
  String passwordVariable() {
    return name.equals(Tenant.UNNAMED)
        ? Login.PASSWORD_VARIABLE
        : Login.PASSWORD_VARIABLE + "_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
