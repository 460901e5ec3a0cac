package io.holdfast.store;

import java.nio.file.Path;

/**
 * How to open a cache file.
 *
 * @param file where it is; created with owner-only permissions when absent
 * @param durability what an acknowledged write survives
 * @param readConnections how many readers may read at once, at least 1
 */
public record StoreSettings(Path file, Durability durability, int readConnections) {

  public StoreSettings {
    if (readConnections < 1) {
      throw new IllegalArgumentException("readConnections must be at least 1: " + readConnections);
    }
    file = file.toAbsolutePath().normalize();
  }

  /** Normal durability, a reader per processor but at least two. */
  public static StoreSettings of(Path file) {
    return new StoreSettings(
        file, Durability.NORMAL, Math.max(2, Runtime.getRuntime().availableProcessors()));
  }
}
