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
    var opening = new Opening();
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
        readers.pinWith(pinning);
      }
      KeyHasher hasher = hashing.apply(SeededKeyHasher.of(writing));
      SQLiteConnection moving = source.openCheckpointing();
      opening.moving = moving;
      Checkpointer checkpointer = new Checkpointer(
          writing, moving, FileSizes.logOf(path), readers, writer.lockWait(), pinning);
      writer.checkpointWith(checkpointer);
      SharedChanges changes = SharedChanges.open(path, writer, pinning);
      opening.changes = changes;
      // What was opened by name beside it, its log's index above all, was its own.
      source.requireInPlace();
      return new FileConnections(source, writer, readers, checkpointer, index, changes, hasher);
    } catch (SQLException e) {
      throw opening.closed(new StoreException("open a cache", path, e));
    } catch (RuntimeException e) {
      throw opening.closed(e);
    }
  }

  /** What is open so far. */
  private static final class Opening {
    private @Nullable SQLiteConnection writing;
    private @Nullable Readers readers;
    private @Nullable WalIndex index;
    private @Nullable SQLiteConnection moving;
    private @Nullable SharedChanges changes;

    RuntimeException closed(RuntimeException failure) {
      closeAll(failure, changes, readers, moving, writing, index);
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

  /**
   * Closes all of them.
   *
   * @throws StoreException if some did not close well; the others are closed
   */
  @Override
  public void close() {
    Path path = path();
    var closing = new StoreException("A part of " + path + " did not close", path);
    closeAll(closing, changes, readers, checkpointer, writer, index);
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
