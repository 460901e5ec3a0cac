package io.holdfast.schema;

import io.holdfast.schema.spi.DatabaseMonitor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Found by the service loader in tests; remembers what it was told, and throws to show that it may. */
public final class RecordingMonitor implements DatabaseMonitor {

  static final List<String> TOLD = new CopyOnWriteArrayList<>();

  /** For the service loader. */
  public RecordingMonitor() {}

  @Override
  public void databaseWatched(WatchedDatabase database) {
    TOLD.add("watched " + database.identity().id() + " readings "
        + database.statistics().readings());
    throw new IllegalStateException("a bad monitor");
  }

  @Override
  public void databaseReleased(WatchedDatabase database) {
    TOLD.add("released " + database.identity().id());
  }
}
