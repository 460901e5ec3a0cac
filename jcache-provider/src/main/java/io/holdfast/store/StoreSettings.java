package io.holdfast.store;

import java.nio.file.Path;

/**
 * How to open a cache file.
 *
 * @param file where it is; created with owner-only permissions when absent
 * @param durability what an acknowledged write survives
 * @param readConnections how many readers may read at once, at least 1
 * @param relaxed how much may wait for the file; matters with {@link Durability#RELAXED} alone
 * @param corruption what happens to a damaged file
 * @param limits how much the file may hold; while several in this process have it open, the lowest
 *     hold
 */
public record StoreSettings(
    Path file,
    Durability durability,
    int readConnections,
    RelaxedBounds relaxed,
    CorruptionPolicy corruption,
    FileLimits limits) {

  public StoreSettings {
    if (readConnections < 1) {
      throw new IllegalArgumentException("readConnections must be at least 1: " + readConnections);
    }
    file = file.toAbsolutePath().normalize();
  }

  /** With the default bounds of relaxed writes, without limits; a damaged file is set aside. */
  public StoreSettings(Path file, Durability durability, int readConnections) {
    this(
        file,
        durability,
        readConnections,
        RelaxedBounds.DEFAULT,
        CorruptionPolicy.SET_ASIDE,
        FileLimits.NONE);
  }

  /**
   * Normal durability, no limits, two readers per processor: a thread that has one may be without a
   * processor, and the next is not to wait for it. A damaged file is set aside.
   */
  public static StoreSettings of(Path file) {
    return new StoreSettings(
        file, Durability.NORMAL, 2 * Runtime.getRuntime().availableProcessors());
  }

  /** The same with another durability. */
  public StoreSettings with(Durability wanted, RelaxedBounds bounds) {
    return new StoreSettings(file, wanted, readConnections, bounds, corruption, limits);
  }

  /** The same with another policy for damaged files. */
  public StoreSettings withCorruption(CorruptionPolicy policy) {
    return new StoreSettings(file, durability, readConnections, relaxed, policy, limits);
  }

  /** The same with other limits. */
  public StoreSettings with(FileLimits wanted) {
    return new StoreSettings(file, durability, readConnections, relaxed, corruption, wanted);
  }
}
