package io.holdfast.response;

import io.holdfast.schema.SchemaDriftListener;
import io.holdfast.schema.WatchedDatabase;
import java.util.HashSet;
import java.util.Set;

/** The databases whose drifts a listener hears of, until closed. Safe from any thread. */
final class Watches {

  private final SchemaDriftListener listener;

  // Guarded by this.
  private final Set<WatchedDatabase> watched = new HashSet<>();

  private volatile boolean closed;

  Watches(SchemaDriftListener listener) {
    this.listener = listener;
  }

  boolean isClosed() {
    return closed;
  }

  /** Once per database; nothing after {@link #close}. */
  void add(WatchedDatabase database) {
    synchronized (this) {
      if (closed || !watched.add(database)) {
        return;
      }
    }
    database.addListener(listener);
    if (closed) {
      // Closed in between: close() may have come too early to see the listener.
      database.removeListener(listener);
    }
  }

  /** False if it was closed before. */
  boolean close() {
    Set<WatchedDatabase> databases;
    synchronized (this) {
      if (closed) {
        return false;
      }
      closed = true;
      databases = Set.copyOf(watched);
      watched.clear();
    }
    databases.forEach(database -> database.removeListener(listener));
    return true;
  }
}
