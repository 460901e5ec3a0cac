package io.holdfast.schema.spi;

import io.holdfast.schema.WatchedDatabase;

/**
 * Told when a database begins and ends to be watched. Found by {@link java.util.ServiceLoader}; what
 * it throws is logged and goes no further.
 */
public interface DatabaseMonitor {

  /** The database is watched from now on; called before its first catalog read. */
  void databaseWatched(WatchedDatabase database);

  /** It is not watched any longer; the same instance. */
  void databaseReleased(WatchedDatabase database);
}
