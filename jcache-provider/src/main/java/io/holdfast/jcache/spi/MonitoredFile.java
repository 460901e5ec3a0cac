package io.holdfast.jcache.spi;

import io.holdfast.store.SetAsides;
import io.holdfast.store.StoreStatistics;
import java.nio.file.Path;

/**
 * A manager's cache file as a monitor may see it. Reading is cheap and never throws; the operations block
 * while the disk does.
 */
public interface MonitoredFile {

  /** Where it is. */
  Path path();

  /** The damaged files that were set aside in its place since it was opened. */
  SetAsides setAsides();

  /** Its counters and sizes. */
  StoreStatistics statistics();

  /**
   * Moves the log into the file, after what was acknowledged from memory. While another process reads,
   * part of the log may stay.
   *
   * @throws RuntimeException if the file cannot be written
   */
  void checkpoint();

  /**
   * Copies the file as it is at one moment, beside live use, readable for its owner only.
   *
   * @param target where nothing is yet, in a directory that exists
   * @throws RuntimeException if something is there, or it cannot be written; then it is as it was
   */
  void backup(Path target);
}
