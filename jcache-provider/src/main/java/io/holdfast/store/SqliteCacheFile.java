package io.holdfast.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** The connections, tables and background work of one open file. Shared by all who open it. */
final class SqliteCacheFile {
  private static final Logger logger = System.getLogger(SqliteCacheFile.class.getName());
  private static final long WATCH_MILLIS = 100;

  private final Path path;
  private final ConnectionSource connections;
  private final LongSupplier clockMillis;
  private final Writer writer;
  private final Readers readers;
  private final KeyHasher hasher;
  private final Checkpointer checkpointer;
  private final RelaxedTables relaxed;
  private final @Nullable WalIndex walIndex;
  private final SharedChanges changes;
  private final BackgroundWork background;
  private final LeaseHeartbeat heartbeat;
  private final AccessFlush accesses;
  private final FileQuota quota;
  private final OpenTables tables;

  private SqliteCacheFile(
      ConnectionSource connections,
      LongSupplier clockMillis,
      Writer writer,
      Readers readers,
      KeyHasher hasher,
      Checkpointer checkpointer,
      RelaxedTables relaxed,
      @Nullable WalIndex walIndex,
      SharedChanges changes,
      FileLimits limits) {
    this.path = connections.file();
    this.connections = connections;
    this.relaxed = relaxed;
    this.clockMillis = clockMillis;
    this.writer = writer;
    this.readers = readers;
    this.hasher = hasher;
    this.checkpointer = checkpointer;
    this.walIndex = walIndex;
    this.changes = changes;
    this.background = new BackgroundWork("holdfast-store", path);
    this.heartbeat = new LeaseHeartbeat(writer, clockMillis);
    this.accesses = new AccessFlush(path, background, this::openTables);
    var shares = new CacheShares(writer, clockMillis);
    this.quota =
        new FileQuota(writer, shares, () -> walIndex == null ? -1 : walIndex.pages(), limits);
    this.tables = new OpenTables(
        new SqliteEntryTable.Parts(
            path, writer, readers, hasher, clockMillis, accesses::soon, changes.watch(), quota),
        relaxed,
        shares,
        this::returnSpace);
    new FileUpkeep(writer, readers, checkpointer, heartbeat, accesses).startOn(background);
  }

  /**
   * Opens a checked file.
   *
   * @param hashing wraps the hasher of the file; identity outside tests
   */
  static SqliteCacheFile open(
      ConnectionSource connections,
      StoreSettings settings,
      LongSupplier clockMillis,
      Migrations.IfOlder ifOlder,
      UnaryOperator<KeyHasher> hashing) {
    Path path = connections.file();
    SQLiteConnection connection = null;
    Readers readers = null;
    WalIndex walIndex = null;
    SQLiteConnection moving = null;
    try {
      connection = connections.openWriter(settings.durability());
      SchemaGuard.check(connection, path);
      Migrations.migrate(connection, path, clockMillis.getAsLong(), ifOlder);
      Writer writer = new Writer(path, connection, settings.durability());
      readers = new Readers(connections, settings.readConnections());
      walIndex = WalIndex.open(path);
      WalIndex pinning = WalIndex.understood(walIndex, path);
      Pragmas.checkpointAutomatically(connection, /* automatically= */ pinning == null);
      if (pinning != null) {
        readers.pinWith(pinning);
      }
      KeyHasher hasher = hashing.apply(SeededKeyHasher.of(connection));
      moving = connections.openCheckpointing();
      Checkpointer checkpointer = new Checkpointer(
          connection, moving, FileSizes.logOf(path), readers, writer.lockWait(), pinning);
      writer.checkpointWith(checkpointer);
      var file = new SqliteCacheFile(
          connections,
          clockMillis,
          writer,
          readers,
          hasher,
          checkpointer,
          new RelaxedTables(settings, path),
          walIndex,
          SharedChanges.open(path, writer, pinning),
          settings.limits());
      // What was opened by name beside it, its log's index above all, was its own.
      connections.requireInPlace();
      return file;
    } catch (SQLException e) {
      StoreException failure = new StoreException("open a cache", path, e);
      closeAll(failure, readers, moving, connection, walIndex);
      throw failure;
    } catch (RuntimeException e) {
      closeAll(e, readers, moving, connection, walIndex);
      throw e;
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

  Path path() {
    return path;
  }

  /** Takes over what a further opening asks for: the stronger durability, the tighter bounds. */
  void require(StoreSettings settings) {
    relaxed.require(settings.durability(), settings.relaxed());
    writer.requireDurability(settings.durability());
    quota.require(settings.limits());
  }

  /** Has this run from time to time on the thread that does the background work; it must not wait. */
  void watch(Runnable look) {
    background.every(WATCH_MILLIS, "look at the file's name", look);
  }

  OpenTables tables() {
    return tables;
  }

  List<CacheFile.CacheSummary> caches() {
    relaxed.flush();
    return readers.read("list the caches", CacheCatalog::summaries);
  }

  /** For tests that make the disk fail. */
  Writer writer() {
    return writer;
  }

  StateTable state(String cacheName) {
    return new SqliteStateTable(writer, readers, cacheName);
  }

  LeaseTable leases(String cacheName) {
    return new SqliteLeaseTable(path, writer, readers, hasher, clockMillis, heartbeat, cacheName);
  }

  List<String> check() {
    relaxed.flush();
    List<String> findings =
        writer.outsideTransaction("check", () -> new FileCheck(writer.connection()).run());
    return findings == null ? List.of() : findings;
  }

  void watch(Coherence coherence) {
    if (coherence.mode() != Coherence.Mode.OFF) {
      changes.poll(coherence.maxDelay());
    }
  }

  void catchUp() {
    changes.watch().catchUp();
  }

  /** Writes what is only in memory, and returns what opens further connections. */
  ConnectionSource written() {
    relaxed.flush();
    accesses.now();
    return connections;
  }

  void compact() {
    relaxed.flush();
    returnSpace();
  }

  private void returnSpace() {
    new SpaceReturn(writer, System::nanoTime).runToTheEnd();
    checkpointNow();
  }

  void checkpoint() {
    relaxed.flush();
    checkpointNow();
  }

  private void checkpointNow() {
    writer.outsideTransaction("checkpoint", () -> {
      checkpointer.now();
      return true;
    });
  }

  StoreStatistics statistics() {
    FileSizes sizes = FileSizes.of(path);
    return new StoreStatistics(
        readers.reads(),
        writer.commits(),
        checkpointer.checkpoints(),
        writer.busyRetries(),
        sizes.fileBytes(),
        sizes.walBytes(),
        readers.open(),
        readers.active(),
        relaxed.bufferedWrites(),
        relaxed.failures(),
        changes.watch().foreignCommits(),
        changes.watch().forgottenCopies(),
        writer.waiting(),
        readers.latency(),
        writer.latency());
  }

  private List<SqliteEntryTable> openTables() {
    return tables.all();
  }

  void close() {
    changes.close();
    background.close();
    try {
      flushAndCheckpoint();
    } finally {
      closeConnections();
    }
  }

  private void flushAndCheckpoint() {
    try {
      relaxed.close();
    } finally {
      accesses.now();
      checkpointNow();
    }
  }

  /** Closes a damaged file and writes nothing more to it; what fails is logged. */
  void abandon() {
    changes.close();
    relaxed.abandon();
    background.close();
    try {
      closeConnections();
    } catch (RuntimeException e) {
      logger.log(Level.WARNING, () -> "The damaged file " + path + " did not close well", e);
    }
  }

  // The index last: closing it drops the locks of connections that are still open.
  private void closeConnections() {
    var closing = new StoreException("A part of " + path + " did not close", path);
    closeAll(closing, readers, checkpointer, writer, walIndex);
    if (closing.getSuppressed().length > 0) {
      throw closing;
    }
  }
}
