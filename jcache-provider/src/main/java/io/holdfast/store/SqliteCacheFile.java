package io.holdfast.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** The connections, tables and background work of one open file. Shared by all who open it. */
final class SqliteCacheFile {
  private static final Logger logger = System.getLogger(SqliteCacheFile.class.getName());
  private static final long HOUSEKEEPING_MILLIS = 1_000;

  private final Path path;
  private final LongSupplier clockMillis;
  private final Writer writer;
  private final Readers readers;
  private final KeyHasher hasher;
  private final CacheCatalog catalog;
  private final ScheduledExecutorService housekeeper;
  private final ScheduledFuture<?> flushing;
  private final Map<String, SqliteEntryTable> tables = new HashMap<>();
  private final LongAdder checkpoints = new LongAdder();
  private final AtomicBoolean flushIsDue = new AtomicBoolean();

  private SqliteCacheFile(
      Path path, LongSupplier clockMillis, Writer writer, Readers readers, KeyHasher hasher) {
    this.path = path;
    this.clockMillis = clockMillis;
    this.writer = writer;
    this.readers = readers;
    this.hasher = hasher;
    this.catalog = new CacheCatalog(writer.connection());
    this.housekeeper = startHousekeeper(path);
    this.flushing = housekeeper.scheduleWithFixedDelay(
        this::flushAccesses, HOUSEKEEPING_MILLIS, HOUSEKEEPING_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static ScheduledExecutorService startHousekeeper(Path path) {
    var executor = new ScheduledThreadPoolExecutor(1, task -> {
      Thread thread = new Thread(task, "holdfast-store " + path.getFileName());
      thread.setDaemon(true);
      return thread;
    });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
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
      UnaryOperator<KeyHasher> hashing) {
    SQLiteConnection connection = null;
    Readers readers = null;
    try {
      connection = Pragmas.openWriter(path, settings.durability());
      Migrations.migrate(connection, path, clockMillis.getAsLong());
      KeyHasher hasher = hashing.apply(new SeededKeyHasher(readSeed(connection)));
      Writer writer = new Writer(path, connection, settings.durability());
      readers = new Readers(path, settings.readConnections());
      return new SqliteCacheFile(path, clockMillis, writer, readers, hasher);
    } catch (SQLException e) {
      StoreException failure = new StoreException("open a cache", path, e);
      closeAfterFailure(connection, readers, failure);
      throw failure;
    } catch (RuntimeException e) {
      closeAfterFailure(connection, readers, e);
      throw e;
    }
  }

  private static SipHash readSeed(SQLiteConnection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("""
                SELECT row_id_seed_0, row_id_seed_1 FROM store WHERE id = 1
                """);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("the seed of the row ids is missing");
      }
      return new SipHash(row.getLong(1), row.getLong(2));
    }
  }

  private static void closeAfterFailure(
      @Nullable SQLiteConnection connection, @Nullable Readers readers, RuntimeException failure) {
    try {
      if (readers != null) {
        readers.close();
      }
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  Path path() {
    return path;
  }

  void requireDurability(Durability durability) {
    writer.requireDurability(durability);
  }

  synchronized EntryTable openTable(CacheDefinition wanted) {
    SqliteEntryTable open = tables.get(wanted.name());
    if (open != null) {
      return reopened(open, wanted);
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
    return table;
  }

  synchronized @Nullable EntryTable findTable(String cacheName) {
    SqliteEntryTable open = tables.get(cacheName);
    if (open != null) {
      return open;
    }
    SqliteEntryTable table = writer.transact("open a cache", () -> {
      CacheCatalog.Row row = catalog.find(cacheName);
      return row == null ? null : table(row, row.definition(), /* wasReset= */ false);
    });
    if (table != null) {
      tables.put(cacheName, table);
    }
    return table;
  }

  private EntryTable reopened(SqliteEntryTable open, CacheDefinition wanted) {
    CacheDefinition known = open.definition();
    boolean sameFormat = known.keyFormat().equals(wanted.keyFormat())
        && known.valueFormat().equals(wanted.valueFormat());
    if (!sameFormat) {
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
    boolean sameFormat = known.definition().keyFormat().equals(wanted.keyFormat())
        && known.definition().valueFormat().equals(wanted.valueFormat());
    if (!known.definition().equals(wanted)) {
      catalog.redefine(known.id(), wanted);
    }
    return table(known, wanted, /* wasReset= */ !sameFormat);
  }

  private SqliteEntryTable table(CacheCatalog.Row row, CacheDefinition definition, boolean wasReset)
      throws SQLException {
    EntrySql sql = new EntrySql(row.id());
    EntryWriter rows = new EntryWriter(writer, sql);
    Tally tally = new Tally(writer, row.id());
    if (wasReset) {
      rows.clear();
      tally.reset(clockMillis.getAsLong());
    }
    var parts = new SqliteEntryTable.Parts(writer, readers, hasher, clockMillis, this::flushSoon);
    return new SqliteEntryTable(
        parts, definition, wasReset, rows, new EntryReader(sql), tally, tally.read());
  }

  List<CacheFile.CacheSummary> caches() {
    return readers.read("list the caches", CacheCatalog::summaries);
  }

  synchronized boolean drop(String cacheName) {
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

  List<String> check() {
    List<String> findings =
        writer.outsideTransaction("check", () -> new FileCheck(writer.connection()).run());
    return findings == null ? List.of() : findings;
  }

  void checkpoint() {
    writer.outsideTransaction("checkpoint", () -> {
      Pragmas.run(writer.connection(), "PRAGMA wal_checkpoint(TRUNCATE)");
      checkpoints.increment();
      return true;
    });
  }

  StoreStatistics statistics() {
    return new StoreStatistics(
        readers.reads(),
        writer.commits(),
        checkpoints.sum(),
        writer.busyRetries(),
        sizeOf(path),
        sizeOf(path.resolveSibling(path.getFileName() + "-wal")),
        readers.open(),
        readers.active());
  }

  private static long sizeOf(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException vanishedInBetween) {
      return 0;
    }
  }

  private void flushSoon() {
    if (flushIsDue.compareAndSet(false, true)) {
      housekeeper.execute(this::flushAccesses);
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
    flushing.cancel(/* mayInterruptIfRunning= */ false);
    housekeeper.shutdown();
    awaitHousekeeper();
    try {
      flushAccesses();
      checkpoint();
    } finally {
      try {
        readers.close();
      } finally {
        writer.close();
      }
    }
  }

  private void awaitHousekeeper() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          housekeeper.awaitTermination(Pragmas.LOCK_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
