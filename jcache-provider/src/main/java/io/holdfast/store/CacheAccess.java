package io.holdfast.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way from one cache to its tables in the file. Says so in one sentence when the tables are gone,
 * because this process or another one has dropped them.
 */
final class CacheAccess {
  private final Path file;
  private final Writer writer;
  private final Readers readers;
  private final String cacheName;
  private volatile boolean dropped;
  private volatile boolean gone;

  CacheAccess(Path file, Writer writer, Readers readers, String cacheName) {
    this.file = file;
    this.writer = writer;
    this.readers = readers;
    this.cacheName = cacheName;
  }

  /** As {@link Readers#read}. */
  <T> T read(String action, Readers.Query<T> query) {
    requireThere();
    try {
      return readers.read(action, query);
    } catch (StoreException e) {
      throw explained(e);
    }
  }

  /** As {@link Readers#isNewest}. */
  boolean isNewest(LogPosition commit) {
    requireThere();
    return readers.isNewest(commit);
  }

  /** As {@link Writer#transact(String, Writer.Work, Consumer)}. */
  <T> @Nullable T transact(String action, Writer.Work<T> work, Consumer<T> afterCommit) {
    requireThere();
    try {
      return writer.transact(action, work, afterCommit);
    } catch (StoreException e) {
      throw explained(e);
    }
  }

  /** As {@link Writer#transactTogether}. */
  <T> @Nullable T transactTogether(String action, Writer.Work<T> work, Consumer<T> afterCommit) {
    requireThere();
    try {
      return writer.transactTogether(action, work, afterCommit);
    } catch (StoreException e) {
      throw explained(e);
    }
  }

  // The tables of a cache go in one transaction, so the first that is missing tells.
  private StoreException explained(StoreException failure) {
    String message =
        failure.getCause() instanceof SQLException sql ? String.valueOf(sql.getMessage()) : "";
    if (message.contains("no such table") || message.contains(Tally.MISSING)) {
      gone = true;
      CacheGoneException explained = new CacheGoneException(cacheName, file);
      explained.initCause(failure);
      return explained;
    }
    return failure;
  }

  /** Makes every further use fail: this process has dropped the tables. */
  void markDropped() {
    dropped = true;
  }

  /** Whether there is no sense in asking for the tables. */
  boolean isGone() {
    return dropped || gone;
  }

  void requireThere() {
    if (dropped) {
      throw new IllegalStateException("The cache was dropped from its file");
    }
    if (gone) {
      throw new CacheGoneException(cacheName, file);
    }
  }
}
