package io.holdfast.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** The connections, tables and background work of one open file. Shared by all who open it. */
final class SqliteCacheFile {
  private static final Logger logger = System.getLogger(SqliteCacheFile.class.getName());
  private static final long FLUSH_MILLIS = 1_000;
  private static final long UNPIN_MILLIS = 100;
  private static final long LOOK_MILLIS = 1_000;

  private final Path path;
  private final LongSupplier clockMillis;
  private final Writer writer;
  private final Readers readers;
  private final KeyHasher hasher;
  private final CacheCatalog catalog;
  private final Checkpointer checkpointer;
  private final RelaxedTables relaxed;
  private final @Nullable WalIndex walIndex;
  private final SharedChanges changes;
  private final BackgroundWork background;
  private final LeaseHeartbeat heartbeat;
  private final Map<String, SqliteEntryTable> tables = new HashMap<>();
  private final Map<String, Integer> users = new HashMap<>();
  private final AtomicBoolean flushIsDue = new AtomicBoolean();

  private SqliteCacheFile(
      Path path,
      LongSupplier clockMillis,
      Writer writer,
      Readers readers,
      KeyHasher hasher,
      Checkpointer checkpointer,
      RelaxedTables relaxed,
      @Nullable WalIndex walIndex,
      SharedChanges changes) {
    this.path = path;
    this.relaxed = relaxed;
    this.clockMillis = clockMillis;
    this.writer = writer;
    this.readers = readers;
    this.hasher = hasher;
    this.checkpointer = checkpointer;
    this.walIndex = walIndex;
    this.changes = changes;
    this.catalog = new CacheCatalog(writer);
    this.background = new BackgroundWork("holdfast-store", path);
    this.heartbeat = new LeaseHeartbeat(writer, clockMillis);
    startBackgroundWork();
  }

  private void startBackgroundWork() {
    var spaceReturn = new SpaceReturn(writer, System::nanoTime);
    background.every(FLUSH_MILLIS, "write the access times", this::flushAccesses);
    background.every(UNPIN_MILLIS, "let go of idle snapshots", readers::unpinIdle);
    background.every(LOOK_MILLIS, "look at the log", () -> checkpointer.look(writer));
    background.every(LOOK_MILLIS, "return free pages", spaceReturn::run);
    background.every(UNPIN_MILLIS, "return free pages", spaceReturn::goOn);
    background.every(LeaseHeartbeat.BEAT_MILLIS, "renew leases", heartbeat::beat);
    checkpointer.wakeWith(
        () -> background.soon("move pages from the log", checkpointer::moveAhead));
  }

  /**
   * Opens a checked file.
   *
   * @param hashing wraps the hasher of the file; identity outside tests
   */
  static SqliteCacheFile open(
      Path path,
      StoreSettings settings,
      LongSupplier clockMillis,
      Migrations.IfOlder ifOlder,
      UnaryOperator<KeyHasher> hashing) {
    SQLiteConnection connection = null;
    Readers readers = null;
    WalIndex walIndex = null;
    SQLiteConnection moving = null;
    try {
      connection = Pragmas.openWriter(path, settings.durability());
      SchemaGuard.check(connection, path);
      Migrations.migrate(connection, path, clockMillis.getAsLong(), ifOlder);
      Writer writer = new Writer(path, connection, settings.durability());
      readers = new Readers(path, settings.readConnections());
      walIndex = WalIndex.open(path);
      WalIndex pinning = WalIndex.understood(walIndex, path);
      Pragmas.checkpointAutomatically(connection, /* automatically= */ pinning == null);
      if (pinning != null) {
        readers.pinWith(pinning);
      }
      KeyHasher hasher = hashing.apply(SeededKeyHasher.of(connection));
      moving = Pragmas.openCheckpointing(path);
      Checkpointer checkpointer =
          new Checkpointer(connection, moving, logOf(path), readers, writer.lockWait(), pinning);
      writer.checkpointWith(checkpointer);
      return new SqliteCacheFile(
          path,
          clockMillis,
          writer,
          readers,
          hasher,
          checkpointer,
          new RelaxedTables(settings, path),
          walIndex,
          SharedChanges.open(path, writer, pinning));
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
  }

  synchronized EntryTable openTable(CacheDefinition wanted) {
    EntryTable table = openOrCreate(wanted);
    users.merge(wanted.name(), 1, Integer::sum);
    return table;
  }

  synchronized void closeTable(String cacheName) {
    users.computeIfPresent(cacheName, (name, count) -> count == 1 ? null : count - 1);
  }

  private EntryTable openOrCreate(CacheDefinition wanted) {
    SqliteEntryTable open = stillThere(wanted.name());
    if (open != null && givesWayTo(wanted, open)) {
      relaxed.over(open).flush();
      forget(open);
    } else if (open != null) {
      return relaxed.over(reopened(open, wanted));
    }
    SqliteEntryTable table = writer.transact("open a cache", () -> load(wanted));
    if (table == null) {
      throw new IllegalStateException("opening a cache was rolled back");
    }
    if (table.wasReset()) {
      logger.log(
          Level.WARNING,
          () -> "The cache " + wanted.name() + " in " + path
              + " starts empty: its rows were written in another format (a codec or a class has changed)");
    }
    tables.put(wanted.name(), table);
    return relaxed.over(table);
  }

  synchronized @Nullable EntryTable findTable(String cacheName) {
    SqliteEntryTable open = stillThere(cacheName);
    if (open != null) {
      return relaxed.over(open);
    }
    SqliteEntryTable table = writer.transact("open a cache", () -> {
      CacheCatalog.Row row = catalog.find(cacheName);
      return row == null ? null : table(row, row.definition(), /* wasReset= */ false);
    });
    if (table == null) {
      return null;
    }
    tables.put(cacheName, table);
    return relaxed.over(table);
  }

  // Another process may have destroyed the cache, and made a new one of the same name.
  private @Nullable SqliteEntryTable stillThere(String cacheName) {
    SqliteEntryTable open = tables.get(cacheName);
    if (open == null) {
      return null;
    }
    CacheCatalog.Row row = writer.outsideTransaction("find a cache", () -> catalog.find(cacheName));
    if (row != null && row.id() == open.cacheId()) {
      return open;
    }
    forget(open);
    return null;
  }

  private void forget(SqliteEntryTable open) {
    relaxed.dropping(open.definition().name(), () -> true);
    tables.remove(open.definition().name());
    open.markDropped();
  }

  private boolean givesWayTo(CacheDefinition wanted, SqliteEntryTable open) {
    return !users.containsKey(wanted.name()) && !wanted.hasFormatOf(open.definition());
  }

  private SqliteEntryTable reopened(SqliteEntryTable open, CacheDefinition wanted) {
    CacheDefinition known = open.definition();
    if (!known.hasFormatOf(wanted)) {
      throw new StoreException(
          "The cache " + wanted.name() + " in " + path
              + " is open with another key or value format",
          path);
    }
    if (!known.equals(wanted)) {
      writer.transact("change the limits of a cache", () -> {
        CacheCatalog.Row row = catalog.find(wanted.name());
        if (row != null) {
          catalog.redefine(row.id(), wanted);
        }
        return wanted;
      });
      open.redefine(wanted);
    }
    return open;
  }

  private SqliteEntryTable load(CacheDefinition wanted) throws SQLException {
    CacheCatalog.Row known = catalog.find(wanted.name());
    if (known == null) {
      return table(catalog.create(wanted, clockMillis.getAsLong()), wanted, /* wasReset= */ false);
    }
    if (!known.definition().hasFormatOf(wanted)) {
      // Under a new number: another process may have the old rows open, and must not write
      // any of them among the new ones.
      catalog.dropRows(known);
      return table(catalog.create(wanted, clockMillis.getAsLong()), wanted, /* wasReset= */ true);
    }
    if (!known.definition().equals(wanted)) {
      catalog.redefine(known.id(), wanted);
    }
    return table(known, wanted, /* wasReset= */ false);
  }

  private SqliteEntryTable table(CacheCatalog.Row row, CacheDefinition definition, boolean wasReset)
      throws SQLException {
    EntrySql sql = new EntrySql(row.id());
    EntryWriter rows = new EntryWriter(writer, sql);
    Tally tally = new Tally(writer, row.id());
    var parts = new SqliteEntryTable.Parts(
        path, writer, readers, hasher, clockMillis, this::flushSoon, changes.watch());
    return new SqliteEntryTable(
        parts, definition, wasReset, rows, new EntryReader(sql), tally, tally.read());
  }

  List<CacheFile.CacheSummary> caches() {
    relaxed.flush();
    return readers.read("list the caches", CacheCatalog::summaries);
  }

  synchronized boolean drop(String cacheName) {
    return relaxed.dropping(cacheName, () -> dropNow(cacheName));
  }

  private boolean dropNow(String cacheName) {
    Boolean dropped = writer.transact("drop a cache", () -> {
      CacheCatalog.Row row = catalog.find(cacheName);
      if (row == null) {
        return null;
      }
      catalog.drop(row);
      return true;
    });
    SqliteEntryTable open = tables.remove(cacheName);
    if (open != null) {
      open.markDropped();
    }
    return dropped != null;
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

  /** Writes what is only in memory, and returns where the file is. */
  Path written() {
    relaxed.flush();
    flushAccesses();
    return path;
  }

  void compact() {
    new SpaceReturn(writer, System::nanoTime).runToTheEnd();
    checkpoint();
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
    return new StoreStatistics(
        readers.reads(),
        writer.commits(),
        checkpointer.checkpoints(),
        writer.busyRetries(),
        sizeOf(path),
        sizeOf(logOf(path)),
        readers.open(),
        readers.active(),
        relaxed.bufferedWrites(),
        relaxed.failures(),
        changes.watch().foreignCommits(),
        changes.watch().forgottenCopies());
  }

  private static Path logOf(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  private static long sizeOf(Path file) {
    // 0 if there is none, or no longer.
    return file.toFile().length();
  }

  private void flushSoon() {
    if (flushIsDue.compareAndSet(false, true)) {
      background.soon("write the access times", this::flushAccesses);
    }
  }

  private void flushAccesses() {
    flushIsDue.set(false);
    for (SqliteEntryTable table : openTables()) {
      try {
        table.flushAccesses();
      } catch (RuntimeException e) {
        logger.log(
            Level.WARNING, () -> "Access times were not written to " + path + "; continuing", e);
      }
    }
  }

  private synchronized List<SqliteEntryTable> openTables() {
    return List.copyOf(tables.values());
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
      flushAccesses();
      checkpointNow();
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
