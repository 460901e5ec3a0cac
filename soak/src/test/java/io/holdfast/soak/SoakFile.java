package io.holdfast.soak;

import java.nio.file.Path;

/** The files of a run, one for each setting that a file has as a whole. */
enum SoakFile {
  /** As most will have it; the caches with limits of their own are here. */
  NORMAL("cache.db", "normal"),
  FULL("full.db", "full"),
  RELAXED("relaxed.db", "relaxed"),
  /** All caches together are limited to {@link #QUOTA_BYTES}. */
  QUOTA("quota.db", "normal");

  static final long QUOTA_BYTES = 1 << 20;

  final String fileName;
  final String durability;

  SoakFile(String fileName, String durability) {
    this.fileName = fileName;
    this.durability = durability;
  }

  Path in(Path directory) {
    return directory.resolve(fileName);
  }
}
