package io.holdfast.jmx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the operations of the beans may do in this process. Who may call them is a matter of the
 * connection and its roles.
 *
 * @param effects the permitted ones
 * @param backupDirectory where copies may be written, null for nowhere
 */
record Permissions(Set<Effect> effects, @Nullable Path backupDirectory) {

  /** {@code read}, {@code maintain} (the default) or {@code all}. */
  static final String OPERATIONS = "holdfast.jmx.operations";

  /** The directory for backups; without it there is no operation that writes one. */
  static final String BACKUP_DIRECTORY = "holdfast.jmx.backupDirectory";

  private static final Logger LOGGER = System.getLogger(Permissions.class.getPackageName());

  Permissions {
    effects = Set.copyOf(effects);
  }

  /** As the system properties say now. A value that makes no sense permits nothing beyond reading. */
  static Permissions ofSystemProperties() {
    return of(System::getProperty);
  }

  static Permissions of(UnaryOperator<@Nullable String> settings) {
    Path directory = directory(settings.apply(BACKUP_DIRECTORY));
    return new Permissions(effects(settings.apply(OPERATIONS), directory != null), directory);
  }

  private static Set<Effect> effects(@Nullable String setting, boolean copies) {
    String word = setting == null ? "maintain" : setting.strip().toLowerCase(Locale.ROOT);
    Set<Effect> effects = switch (word) {
      case "read" -> EnumSet.of(Effect.READS);
      case "maintain" -> EnumSet.of(Effect.READS, Effect.MAINTAINS);
      case "all" -> EnumSet.of(Effect.READS, Effect.MAINTAINS, Effect.DELETES);
      default -> {
        LOGGER.log(
            Level.WARNING,
            () -> OPERATIONS + " must be read, maintain or all: " + setting + "; it is read");
        yield EnumSet.of(Effect.READS);
      }
    };
    if (copies && effects.contains(Effect.MAINTAINS)) {
      effects.add(Effect.COPIES);
    }
    return effects;
  }

  private static @Nullable Path directory(@Nullable String setting) {
    if (setting == null || setting.isBlank()) {
      return null;
    }
    try {
      return Path.of(setting.strip()).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      LOGGER.log(Level.WARNING, () -> BACKUP_DIRECTORY + " is no path; there are no backups", e);
      return null;
    }
  }

  boolean permits(Effect effect) {
    return effects.contains(effect);
  }
}
