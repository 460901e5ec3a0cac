package io.holdfast.jdbc;

import io.holdfast.schema.WatchSettings;
import io.holdfast.schema.WatchSettings.JournalFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Our own connection options; the target driver sees none of them.
 *
 * @param watch how the database is watched
 * @param targetDriver class name of the target's driver, empty to look for it
 * @param verifies whether every look-up of a key asks the database first
 * @param firstReadingWait how long the first DDL statement of a connection waits for the first reading
 *     of the catalog, without which nothing can be compared
 */
record ConnectOptions(
    WatchSettings watch, String targetDriver, boolean verifies, Duration firstReadingWait) {

  /** What our options begin with among the connection properties. */
  static final String PROPERTY_PREFIX = "holdfast.";

  static final ConnectOptions DEFAULT =
      new ConnectOptions(WatchSettings.DEFAULT, "", false, Duration.ofSeconds(10));

  // Neither in class 08 nor 0A000, for which pools throw connections away.
  static final String INVALID_ATTRIBUTE_VALUE = "HY024";

  private static final Map<String, Boolean> BOOLEAN = Map.of("true", true, "false", false);

  private static final Map<String, Boolean> VERIFY = Map.of("always", true, "poll", false);

  private static final Map<String, WatchSettings.Push> PUSH = Map.of(
      "off", WatchSettings.Push.OFF,
      "use", WatchSettings.Push.USE,
      "install", WatchSettings.Push.INSTALL);

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)?");

  /** One option, as tools show it. */
  private enum Option {
    POLL("poll", "How often to ask the database for changes by others, such as 5s; 0 never."),
    LINGER("linger", "How long the database stays watched after the last connection closed."),
    SCHEMAS("schemas", "Schemas to watch, separated by commas (by | in the URL); empty for all."),
    MAX_WAIT("maxWait", "How long a statement or a look-up waits for the catalog at most."),
    PUSH(
        "push",
        "The server's own log of its DDL (PostgreSQL): use it where it is, install it, or off."),
    AUDIT("audit", "How often to look at the catalogs although that log says nothing."),
    VERIFY("verify", "always: each look-up of a key asks the database first; poll: it does not."),
    JOURNAL("journal", "File that drifts are kept in, an entry a line; empty for none."),
    JOURNAL_DEFINITIONS(
        "journalDefinitions",
        "Whether the journal keeps types, defaults and other definitions, too: true or false."),
    TARGET_DRIVER("targetDriver", "Class name of the target driver; empty to look for it."),
    FIRST_READING_WAIT(
        "firstReadingWait", "How long the first DDL waits for the first reading of the catalog.");

    private final String key;
    private final String description;

    Option(String key, String description) {
      this.key = key;
      this.description = description;
    }
  }

  /**
   * Reads options by their names without prefix.
   *
   * @throws SQLException if a name is unknown or a value does not parse
   */
  static ConnectOptions of(Map<String, String> values) throws SQLException {
    for (String name : values.keySet()) {
      if (Stream.of(Option.values()).noneMatch(option -> option.key.equals(name))) {
        throw new SQLException(
            "Unknown Holdfast option \"" + name + "\"; known are "
                + String.join(", ", Stream.of(Option.values()).map(o -> o.key).toList()) + ".",
            INVALID_ATTRIBUTE_VALUE);
      }
    }
    WatchSettings watch = DEFAULT.watch();
    return new ConnectOptions(
        new WatchSettings(
            duration(values, Option.POLL, watch.pollInterval()),
            duration(values, Option.LINGER, watch.linger()),
            values.getOrDefault(Option.SCHEMAS.key, watch.schemaFilter()).replace('|', ','),
            duration(values, Option.MAX_WAIT, watch.maxWait()),
            choice(values, Option.PUSH, PUSH, watch.push()),
            duration(values, Option.AUDIT, watch.audit()),
            journal(values)),
        values.getOrDefault(Option.TARGET_DRIVER.key, DEFAULT.targetDriver()),
        choice(values, Option.VERIFY, VERIFY, DEFAULT.verifies()),
        duration(values, Option.FIRST_READING_WAIT, DEFAULT.firstReadingWait()));
  }

  /** Our options as {@code Driver.getPropertyInfo} tells them. */
  DriverPropertyInfo[] propertyInfo() {
    return Stream.of(Option.values())
        .map(option -> {
          var info = new DriverPropertyInfo(PROPERTY_PREFIX + option.key, value(option));
          info.description = option.description;
          return info;
        })
        .toArray(DriverPropertyInfo[]::new);
  }

  private String value(Option option) {
    return switch (option) {
      case POLL -> watch.pollInterval().toMillis() + "ms";
      case LINGER -> watch.linger().toMillis() + "ms";
      case SCHEMAS -> watch.schemaFilter();
      case MAX_WAIT -> watch.maxWait().toMillis() + "ms";
      case PUSH -> watch.push().name().toLowerCase(Locale.ROOT);
      case AUDIT -> watch.audit().toMillis() + "ms";
      case VERIFY -> verifies ? "always" : "poll";
      case JOURNAL -> watch.journal() == null ? "" : watch.journal().path().toString();
      case JOURNAL_DEFINITIONS ->
        String.valueOf(watch.journal() != null && watch.journal().keepsDefinitions());
      case TARGET_DRIVER -> targetDriver;
      case FIRST_READING_WAIT -> firstReadingWait.toMillis() + "ms";
    };
  }

  private static <T> T choice(
      Map<String, String> values, Option option, Map<String, T> choices, T preset)
      throws SQLException {
    String text = values.get(option.key);
    if (text == null) {
      return preset;
    }
    T chosen = choices.get(text.strip().toLowerCase(Locale.ROOT));
    if (chosen == null) {
      throw new SQLException(
          "Holdfast option " + option.key + " is none of "
              + String.join(", ", new TreeSet<>(choices.keySet())) + ": \"" + text + "\".",
          INVALID_ATTRIBUTE_VALUE);
    }
    return chosen;
  }

  private static @Nullable JournalFile journal(Map<String, String> values) throws SQLException {
    boolean keepsDefinitions = choice(values, Option.JOURNAL_DEFINITIONS, BOOLEAN, false);
    String file = values.getOrDefault(Option.JOURNAL.key, "");
    if (file.isEmpty()) {
      return null;
    }
    try {
      Path path = Path.of(file).toAbsolutePath().normalize();
      Path directory = path.getParent();
      if (directory != null && Files.isDirectory(directory) && !Files.isDirectory(path)) {
        return new JournalFile(path, keepsDefinitions);
      }
    } catch (InvalidPathException e) {
      throw new SQLException(
          "Holdfast option journal is no path: \"" + file + "\".", INVALID_ATTRIBUTE_VALUE, e);
    }
    throw new SQLException(
        "Holdfast option journal: \"" + file
            + "\" is a directory, or stands in one that is not there.",
        INVALID_ATTRIBUTE_VALUE);
  }

  private static Duration duration(Map<String, String> values, Option option, Duration preset)
      throws SQLException {
    String text = values.get(option.key);
    if (text == null) {
      return preset;
    }
    Matcher matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new SQLException(
          "Holdfast option " + option.key + " is not a duration such as 500ms, 5s or 1m: \"" + text
              + "\".",
          INVALID_ATTRIBUTE_VALUE);
    }
    long amount = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
    return switch (unit) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofMillis(amount);
    };
  }
}
