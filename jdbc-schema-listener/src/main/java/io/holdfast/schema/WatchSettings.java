package io.holdfast.schema;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a database is watched.
 *
 * @param pollInterval how often the probe asks for changes by others; zero switches polling off
 * @param linger how long a database stays watched after its last connection closed
 * @param schemaFilter comma-separated schema names, or empty for all that are not the server's own
 * @param maxWait how long a statement or a look-up waits for the catalog at most; what it waited for
 *     stays in doubt if that is not enough
 * @param push whether to use, or make, the server's own log of its DDL (PostgreSQL)
 * @param audit how often the catalogs are looked at although that log says nothing
 * @param journal where drifts are kept besides in memory; null for nowhere
 */
public record WatchSettings(
    Duration pollInterval,
    Duration linger,
    String schemaFilter,
    Duration maxWait,
    Push push,
    Duration audit,
    @Nullable JournalFile journal) {

  /** What to do with the server's own log of its DDL, see {@link PushInstallation}. */
  public enum Push {
    /** Not even look for it. */
    OFF,
    /** Use it where it is. */
    USE,
    /** Make it where it is not; where that is refused, do without. */
    INSTALL
  }

  /**
   * A file that keeps drifts, see {@link SchemaJournal}.
   *
   * @param path absolute
   * @param keepsDefinitions whether it also keeps types, defaults and other texts of the catalog,
   *     which may hold literals
   */
  public record JournalFile(Path path, boolean keepsDefinitions) {}

  private static final Duration MAX_WAIT = Duration.ofSeconds(2);
  private static final Duration AUDIT = Duration.ofMinutes(1);

  /** Poll each second, linger a minute, all schemas, wait two seconds at most, no journal. */
  public static final WatchSettings DEFAULT =
      new WatchSettings(Duration.ofSeconds(1), Duration.ofMinutes(1), "");

  /** With the usual {@link #maxWait()}, {@link #push()} and {@link #audit()}, without a journal. */
  public WatchSettings(Duration pollInterval, Duration linger, String schemaFilter) {
    this(pollInterval, linger, schemaFilter, MAX_WAIT);
  }

  /** With the usual {@link #push()} and {@link #audit()}, without a journal. */
  public WatchSettings(
      Duration pollInterval, Duration linger, String schemaFilter, Duration maxWait) {
    this(pollInterval, linger, schemaFilter, maxWait, Push.USE, AUDIT, null);
  }
}
