package io.holdfast.jdbc;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * {@code jdbc:holdfast:<rest>} or {@code jdbc:holdfast(option=value,…):<rest>}, and the connection
 * properties that came with it.
 *
 * @param target {@code jdbc:<rest>}; only the first prefix is taken off
 * @param targetProperties what the target driver gets: the caller's properties without ours
 * @param options ours; those in the URL win over those among the properties
 */
record HoldfastUrl(String target, Properties targetProperties, ConnectOptions options) {

  private static final String PREFIX = "jdbc:holdfast:";
  private static final String PREFIX_WITH_OPTIONS = "jdbc:holdfast(";

  /** Whether the text is for us. Prefixes are case-sensitive, as in other wrapper drivers. */
  static boolean accepts(@Nullable String url) {
    if (url == null) {
      return false;
    }
    return url.startsWith(PREFIX)
        ? url.length() > PREFIX.length()
        : url.startsWith(PREFIX_WITH_OPTIONS) && !url.endsWith("):");
  }

  /**
   * Parses a URL that {@link #accepts} said yes to.
   *
   * @param properties the caller's, left untouched; its defaults count
   * @throws SQLException if an option is malformed
   */
  static HoldfastUrl parse(String url, @Nullable Properties properties) throws SQLException {
    var ours = new HashMap<String, String>();
    var targets = new Properties();
    split(properties == null ? new Properties() : properties, ours, targets);
    if (url.startsWith(PREFIX)) {
      return new HoldfastUrl(
          "jdbc:" + url.substring(PREFIX.length()), targets, ConnectOptions.of(ours));
    }
    int end = url.indexOf("):");
    if (end < 0) {
      throw new SQLException(
          "Options in a Holdfast URL end with \"):\", as in jdbc:holdfast(poll=5s):postgresql://….",
          ConnectOptions.INVALID_ATTRIBUTE_VALUE);
    }
    ours.putAll(inBrackets(url.substring(PREFIX_WITH_OPTIONS.length(), end)));
    return new HoldfastUrl("jdbc:" + url.substring(end + 2), targets, ConnectOptions.of(ours));
  }

  /** The target's properties once more, for a driver may change what it is given. */
  Properties copyOfTargetProperties() {
    var copy = new Properties();
    copy.putAll(targetProperties);
    return copy;
  }

  private static void split(Properties all, Map<String, String> ours, Properties targets) {
    // Not putAll: it would lose the defaults behind the caller's properties.
    for (String name : all.stringPropertyNames()) {
      if (name.startsWith(ConnectOptions.PROPERTY_PREFIX)) {
        ours.put(name.substring(ConnectOptions.PROPERTY_PREFIX.length()), all.getProperty(name));
      } else {
        targets.setProperty(name, all.getProperty(name));
      }
    }
    // Some drivers take objects among the properties, which stringPropertyNames does not name.
    all.forEach((key, value) -> {
      if (!(key instanceof String && value instanceof String)) {
        targets.put(key, value);
      }
    });
  }

  private static Map<String, String> inBrackets(String text) throws SQLException {
    var options = new LinkedHashMap<String, String>();
    for (String option : text.split(",", -1)) {
      if (option.isBlank()) {
        continue;
      }
      int equals = option.indexOf('=');
      if (equals < 0) {
        throw new SQLException(
            "A Holdfast option needs a value: \"" + option + "\".",
            ConnectOptions.INVALID_ATTRIBUTE_VALUE);
      }
      options.put(
          option.substring(0, equals).strip(), option.substring(equals + 1).strip());
    }
    return options;
  }
}
