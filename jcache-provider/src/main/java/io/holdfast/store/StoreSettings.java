package io.holdfast.store;

import java.nio.file.Path;

/**
 * How to open a cache file.
 *
 * @param file where it is; created with owner-only permissions when absent
 * @param durability what an acknowledged write survives
 * @param readConnections how many readers may read at once, at least 1
 * @param relaxed how much may wait for the file; matters with {@link Durability#RELAXED} alone
 */
public record StoreSettings(
    Path file, Durability durability, int readConnections, RelaxedBounds relaxed) {

  public StoreSettings {
    if (readConnections < 1) {
      throw new IllegalArgumentException("readConnections must be at least 1: " + readConnections);
    }
    file = file.toAbsolutePath().normalize();
  }

  /** With the default bounds of relaxed writes. */
  public StoreSettings(Path file, Durability durability, int readConnections) {
    this(file, durability, readConnections, RelaxedBounds.DEFAULT);
  }

  /** Normal durability, a reader per processor but at least two. */
  public static StoreSettings of(Path file) {
    return new StoreSettings(
        file, Durability.NORMAL, Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  /** The same with another durability. */
  public StoreSettings with(Durability wanted, RelaxedBounds bounds) {
    return new StoreSettings(file, wanted, readConnections, bounds);
  }
}
