package io.holdfast.store;

import java.nio.file.Path;

/**
 * Another process has destroyed the cache, or opened it with other key or value types, while this one
 * had it open. Nothing was changed. The cache can be closed and created again; then it has the rows of
 * the new one, or none.
 */
public final class CacheGoneException extends StoreException {
  private static final long serialVersionUID = 1L;

  CacheGoneException(String cacheName, Path file) {
    super(
        "The cache " + cacheName + " in " + file
            + " was destroyed, or opened with other key or value types, by another process;"
            + " close it and create it again",
        file);
  }
}
