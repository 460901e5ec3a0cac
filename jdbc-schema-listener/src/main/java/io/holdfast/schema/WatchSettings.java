package io.holdfast.schema;

import java.time.Duration;

/**
 * How a database is watched.
 *
 * @param pollInterval how often the probe asks for changes by others; zero switches polling off
 * @param linger how long a database stays watched after its last connection closed
 * @param schemaFilter comma-separated schema names, or empty for all that are not the server's own
 */
public record WatchSettings(Duration pollInterval, Duration linger, String schemaFilter) {

  /** Poll each second, linger a minute, all schemas. */
  public static final WatchSettings DEFAULT =
      new WatchSettings(Duration.ofSeconds(1), Duration.ofMinutes(1), "");
}
