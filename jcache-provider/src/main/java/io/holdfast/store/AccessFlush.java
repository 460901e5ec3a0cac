package io.holdfast.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Writes the buffered accesses of all open tables of a file. What fails is logged: only accesses are lost. */
final class AccessFlush {
  private static final Logger logger = System.getLogger(AccessFlush.class.getName());

  private final Path path;
  private final BackgroundWork background;
  private final Supplier<List<SqliteEntryTable>> tables;
  private final AtomicBoolean isDue = new AtomicBoolean();

  AccessFlush(Path path, BackgroundWork background, Supplier<List<SqliteEntryTable>> tables) {
    this.path = path;
    this.background = background;
    this.tables = tables;
  }

  /** In the background, once however often it is asked for meanwhile. */
  void soon() {
    if (isDue.compareAndSet(false, true)) {
      background.soon("write the access times", this::now);
    }
  }

  void now() {
    isDue.set(false);
    for (SqliteEntryTable table : tables.get()) {
      try {
        table.flushAccesses();
      } catch (RuntimeException e) {
        logger.log(
            Level.WARNING, () -> "Access times were not written to " + path + "; continuing", e);
      }
    }
  }
}
