package io.holdfast.jcache.spi;

import io.holdfast.store.StoreStatistics;
import java.nio.file.Path;

/** A manager's cache file as a monitor may see it. Reading is cheap and never throws. */
public interface MonitoredFile {

  /** Where it is. */
  Path path();

  /** Its counters and sizes. */
  StoreStatistics statistics();
}
