package io.holdfast.jcache;

import io.holdfast.store.Coherence;
import io.holdfast.store.CorruptionPolicy;
import io.holdfast.store.Durability;
import io.holdfast.store.FileLimits;
import io.holdfast.store.RelaxedBounds;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one manager, validated.
 *
 * @param durability what an acknowledged write survives
 * @param relaxed how much may wait for the file where durability is relaxed
 * @param corruption what happens to a damaged file
 * @param defaults limits of caches whose configuration names none
 * @param coherence how heap tiers follow what other processes write
 * @param leases whether one of several processes loads an entry
 * @param fileLimits limits of the file as a whole
 * @param keySource where the keys of encrypted values come from
 * @param allowedClasses patterns of classes that Java serialisation may write and read
 */
record ManagerSettings(
    Durability durability,
    RelaxedBounds relaxed,
    CorruptionPolicy corruption,
    CacheLimits defaults,
    Coherence coherence,
    boolean leases,
    FileLimits fileLimits,
    KeySource keySource,
    List<String> allowedClasses) {
  private static final long DEFAULT_HEAP_ENTRIES = 10_000;

  /**
   * Reads the manager's Properties, then the system properties.
   *
   * @throws CacheException if a value is not one that the setting takes; names setting and value
   */
  static ManagerSettings from(Properties properties) {
    try {
      return new ManagerSettings(
          durability(properties),
          relaxed(properties),
          corruption(properties),
          limits(properties),
          coherence(properties),
          leases(properties),
          new FileLimits(
              number(properties, HoldfastProperties.FILE_ENTRIES, Long.MAX_VALUE),
              number(properties, HoldfastProperties.FILE_BYTES, Long.MAX_VALUE),
              number(properties, HoldfastProperties.ENTRY_BYTES, FileLimits.DEFAULT_ENTRY_BYTES)),
          new KeySource(
              find(properties, HoldfastProperties.ENCRYPTION_KEY_FILE),
              find(properties, HoldfastProperties.ENCRYPTION_KEYS)),
          allowedClasses(properties));
    } catch (IllegalArgumentException e) {
      throw new CacheException("A Holdfast setting is wrong: " + e.getMessage(), e);
    }
  }

  /** The value of a setting, trimmed, or null. */
  static @Nullable String find(Properties properties, String name) {
    String value = properties.getProperty(name);
    if (value == null) {
      value = System.getProperty(name);
    }
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static Durability durability(Properties properties) {
    String value = find(properties, HoldfastProperties.DURABILITY);
    if (value == null) {
      return Durability.NORMAL;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "relaxed" -> Durability.RELAXED;
      case "normal" -> Durability.NORMAL;
      case "full" -> Durability.FULL;
      default ->
        throw new IllegalArgumentException(
            HoldfastProperties.DURABILITY + " must be relaxed, normal or full: " + value);
    };
  }

  private static RelaxedBounds relaxed(Properties properties) {
    RelaxedBounds defaults = RelaxedBounds.DEFAULT;
    long delayMillis =
        number(properties, HoldfastProperties.RELAXED_MAX_DELAY_MILLIS, defaults.maxDelayMillis());
    long entries =
        number(properties, HoldfastProperties.RELAXED_MAX_ENTRIES, defaults.maxEntries());
    return new RelaxedBounds(delayMillis, (int) Math.min(entries, Integer.MAX_VALUE));
  }

  private static Coherence coherence(Properties properties) {
    long maxDelayMillis = number(
        properties,
        HoldfastProperties.COHERENCE_MAX_DELAY_MILLIS,
        Coherence.DEFAULT_MAX_DELAY.toMillis());
    return new Coherence(coherenceMode(properties), Duration.ofMillis(maxDelayMillis));
  }

  private static Coherence.Mode coherenceMode(Properties properties) {
    String value = find(properties, HoldfastProperties.COHERENCE);
    if (value == null) {
      return Coherence.Mode.POLL;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "poll" -> Coherence.Mode.POLL;
      case "strict" -> Coherence.Mode.STRICT;
      case "off" -> Coherence.Mode.OFF;
      default ->
        throw new IllegalArgumentException(
            HoldfastProperties.COHERENCE + " must be poll, strict or off: " + value);
    };
  }

  private static boolean leases(Properties properties) {
    String value = find(properties, HoldfastProperties.LEASES);
    if (value == null) {
      return false;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "off" -> false;
      default ->
        throw new IllegalArgumentException(
            HoldfastProperties.LEASES + " must be on or off: " + value);
    };
  }

  private static CorruptionPolicy corruption(Properties properties) {
    String value = find(properties, HoldfastProperties.CORRUPTION);
    if (value == null) {
      return CorruptionPolicy.SET_ASIDE;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "setaside" -> CorruptionPolicy.SET_ASIDE;
      case "fail" -> CorruptionPolicy.FAIL;
      default ->
        throw new IllegalArgumentException(
            HoldfastProperties.CORRUPTION + " must be setAside or fail: " + value);
    };
  }

  private static CacheLimits limits(Properties properties) {
    return new CacheLimits(
        isPersistent(properties),
        number(properties, HoldfastProperties.HEAP_ENTRIES, DEFAULT_HEAP_ENTRIES),
        number(properties, HoldfastProperties.DISK_ENTRIES, Long.MAX_VALUE),
        number(properties, HoldfastProperties.DISK_BYTES, Long.MAX_VALUE),
        number(properties, HoldfastProperties.MAX_IDLE_MILLIS, Long.MAX_VALUE));
  }

  private static boolean isPersistent(Properties properties) {
    String value = find(properties, HoldfastProperties.STORAGE);
    if (value == null) {
      return true;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "file" -> true;
      case "heap" -> false;
      default ->
        throw new IllegalArgumentException(
            HoldfastProperties.STORAGE + " must be file or heap: " + value);
    };
  }

  private static long number(Properties properties, String name, long otherwise) {
    String value = find(properties, name);
    if (value == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " must be a whole number of at least 1: " + value, e);
    }
    throw new IllegalArgumentException(name + " must be a whole number of at least 1: " + value);
  }

  private static List<String> allowedClasses(Properties properties) {
    String value = find(properties, HoldfastProperties.ALLOWED_CLASSES);
    if (value == null) {
      return List.of();
    }
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter(pattern -> !pattern.isEmpty())
        .toList();
  }
}
