package io.holdfast.store;

/**
 * What row ids are hashed with; of a file's own. Who knows it can make keys that collide, so treat it like
 * the file.
 */
public record RowIdSeed(long part0, long part1) {

  /** Does not say it. */
  @Override
  public String toString() {
    return "RowIdSeed[…]";
  }
}
