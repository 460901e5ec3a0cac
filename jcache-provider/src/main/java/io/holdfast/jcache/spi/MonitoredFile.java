package io.holdfast.jcache.spi;

import io.holdfast.store.SetAsides;
import io.holdfast.store.StoreStatistics;
import java.nio.file.Path;

/** A manager's cache file as a monitor may see it. Reading is cheap and never throws. */
public interface MonitoredFile {

  /** Where it is. */
  Path path();

  /** The damaged files that were set aside in its place since it was opened. */
  SetAsides setAsides();

  /** Its counters and sizes. */
  StoreStatistics statistics();
}
