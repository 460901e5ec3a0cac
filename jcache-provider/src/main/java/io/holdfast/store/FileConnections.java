package io.holdfast.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * What one process has open of a file: its connections, and what lies beside the file as memory that
 * processes share. Opened and closed together.
 *
 * @param index null where it cannot be mapped
 */
record FileConnections(
    ConnectionSource source,
    Writer writer,
    Readers readers,
    Checkpointer checkpointer,
    @Nullable WalIndex index,
    SharedChanges changes,
    KeyHasher hasher)
    implements AutoCloseable {

  /**
   * Opens a checked file, and migrates it if it is of an older format.
   *
   * @param hashing wraps the hasher of the file; identity outside tests
   */
  static FileConnections open(
      ConnectionSource source,
      StoreSettings settings,
      long nowMillis,
      Migrations.IfOlder ifOlder,
      UnaryOperator<KeyHasher> hashing) {
    Path path = source.file();
    var opening = new Opening(source);
    try {
      SQLiteConnection writing = source.openWriter(settings.durability());
      opening.writing = writing;
      SchemaGuard.check(writing, path);
      Migrations.migrate(writing, path, nowMillis, ifOlder);
      Writer writer = new Writer(path, writing, settings.durability());
      Readers readers = new Readers(source, settings.readConnections());
      opening.readers = readers;
      WalIndex index = WalIndex.open(path);
      opening.index = index;
      WalIndex pinning = WalIndex.understood(index, path);
      Pragmas.checkpointAutomatically(writing, /* automatically= */ pinning == null);
      if (pinning != null) {
        LogIdentity.requireWhole(path, pinning);
        readers.pinWith(pinning);
        writer.journal().markWith(new LogMark(writing, pinning));
        writer.keepSnapshotsWith(pinning);
      }
      KeyHasher hasher = hashing.apply(SeededKeyHasher.of(writing));
      Checkpointer checkpointer =
          new Checkpointer(writing, source, readers, writer.lockWait(), pinning);
      writer.checkpointWith(checkpointer);
      SharedChanges changes = SharedChanges.open(path, writer, pinning);
      opening.changes = changes;
      // What was opened by name beside it, its log's index above all, was its own.
      source.requireInPlace();
      source.rememberLog();
      Pragmas.Proof logIsInPlace = () -> requireLog(source, writer.journal(), pinning);
      writer.requireBeforeCommit(logIsInPlace);
      readers.requireWithSnapshot(logIsInPlace);
      return new FileConnections(source, writer, readers, checkpointer, index, changes, hasher);
    } catch (SQLException e) {
      throw opening.closed(
          RemovedLogException.isReasonOf(e)
              ? new RemovedLogException(path)
              : new StoreException("open a cache", path, e));
    } catch (RuntimeException e) {
      throw opening.closed(e);
    }
  }

  /** What is open so far. */
  private static final class Opening {
    private final ConnectionSource source;
    private @Nullable SQLiteConnection writing;
    private @Nullable Readers readers;
    private @Nullable WalIndex index;
    private @Nullable SharedChanges changes;

    Opening(ConnectionSource source) {
      this.source = source;
    }

    RuntimeException closed(RuntimeException failure) {
      closeAll(failure, changes, readers, writing, source, index);
      return failure;
    }
  }

  Path path() {
    return source.file();
  }

  /** Pages of the file, free ones too; -1 where nobody knows. */
  long pages() {
    return index == null ? -1 : index.pages();
  }

  // Whoever leaves a removed log makes a last commit to it: nobody has, while the last is our own.
  private static void requireLog(
      ConnectionSource source, CommitJournal journal, @Nullable WalIndex index)
      throws SQLException {
    if (index == null || !journal.isLatestOwn(index.commits())) {
      source.requireLog();
    }
  }

  /**
   * Moves all of a log that was removed into the file, provided that nobody has begun another one. This
   * process and others may still have it open; after this no process commits to it or reads from it.
   *
   * @return whether all of it is in the file now; false if somebody has begun another
   * @throws StoreException if it could not be moved; all is as before
   */
  boolean saveRemovedLog() {
    Boolean saved = writer.outsideTransaction("save a removed log", () -> {
      if (!tellOthers()) {
        return false;
      }
      if (!checkpointer.saveRemovedLog()) {
        throw new SQLException("a reader of another process holds the log that was removed");
      }
      source.removeIndex();
      return true;
    });
    return saved != null && saved;
  }

  // A commit that changes nothing: others see it, look for the log, and find it gone.
  private boolean tellOthers() throws SQLException {
    SQLiteConnection connection = writer.connection();
    Pragmas.run(connection, "BEGIN IMMEDIATE");
    try {
      if (!source.hasTheOnlyLog()) {
        Pragmas.run(connection, "ROLLBACK");
        return false;
      }
      long format = Pragmas.readLong(connection, "PRAGMA user_version");
      Pragmas.run(connection, "PRAGMA user_version = " + format);
      Pragmas.run(connection, "COMMIT");
      return true;
    } catch (SQLException e) {
      Pragmas.run(connection, "ROLLBACK");
      throw e;
    }
  }

  /**
   * Closes all of them.
   *
   * @throws StoreException if some did not close well; the others are closed
   */
  @Override
  public void close() {
    Path path = path();
    var closing = new StoreException("A part of " + path + " did not close", path);
    closeAll(closing, changes, readers, checkpointer, writer, source, index);
    if (closing.getSuppressed().length > 0) {
      throw closing;
    }
  }

  // The index last: closing it drops the locks of connections that are still open.
  private static void closeAll(RuntimeException failure, @Nullable AutoCloseable... parts) {
    for (AutoCloseable part : parts) {
      try {
        if (part != null) {
          part.close();
        }
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }
}
