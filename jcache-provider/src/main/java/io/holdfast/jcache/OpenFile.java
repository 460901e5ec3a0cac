package io.holdfast.jcache;

import io.holdfast.jcache.spi.MonitoredFile;
import io.holdfast.store.CacheFile;
import io.holdfast.store.SetAsides;
import io.holdfast.store.StoreException;
import io.holdfast.store.StoreStatistics;
import java.nio.file.Path;

/** An open file as monitors see it; after it was closed, as it was last seen. */
final class OpenFile implements MonitoredFile {
  private final CacheFile file;
  private volatile StoreStatistics lastSeen = StoreStatistics.NONE;

  OpenFile(CacheFile file) {
    this.file = file;
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public SetAsides setAsides() {
    return file.setAsides();
  }

  @Override
  public StoreStatistics statistics() {
    try {
      lastSeen = file.statistics();
    } catch (StoreException | IllegalStateException closedOrUnreadable) {
      // Monitors poll; what they last saw is the best that is left.
      return lastSeen;
    }
    return lastSeen;
  }

  @Override
  public void checkpoint() {
    file.checkpoint();
  }

  @Override
  public void backup(Path target) {
    file.backup(target, CacheFile.IfPresent.REFUSE);
  }
}
