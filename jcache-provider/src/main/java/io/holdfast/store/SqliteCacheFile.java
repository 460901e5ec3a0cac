package io.holdfast.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** The connections, tables and background work of one open file. Shared by all who open it. */
final class SqliteCacheFile {
  private static final Logger logger = System.getLogger(SqliteCacheFile.class.getName());
  private static final long WATCH_MILLIS = 100;

  // The platform's bean server takes a fresh JVM longer to start than a file takes to open.
  private static final long BEANS_MILLIS = 1_000;

  private final Path path;
  private final FileConnections connections;
  private final LongSupplier clockMillis;
  private final Writer writer;
  private final Readers readers;
  private final KeyHasher hasher;
  private final RelaxedTables relaxed;
  private final BackgroundWork background;
  private final LeaseHeartbeat heartbeat;
  private final AccessFlush accesses;
  private final FileQuota quota;
  private final OpenTables tables;
  private final OversizedEntries oversized;

  private SqliteCacheFile(
      FileConnections connections, StoreSettings settings, LongSupplier clockMillis) {
    this.path = connections.path();
    this.connections = connections;
    this.clockMillis = clockMillis;
    this.writer = connections.writer();
    this.readers = connections.readers();
    this.hasher = connections.hasher();
    this.relaxed = new RelaxedTables(settings, path);
    this.background = new BackgroundWork("holdfast-store", path);
    this.heartbeat = new LeaseHeartbeat(writer, clockMillis);
    this.accesses = new AccessFlush(path, background, this::openTables);
    var shares = new CacheShares(writer, clockMillis);
    this.quota = new FileQuota(writer, shares, connections::pages, settings.limits());
    this.oversized = new OversizedEntries(path, writer, shares);
    this.tables = new OpenTables(
        new SqliteEntryTable.Parts(
            path,
            writer,
            readers,
            hasher,
            clockMillis,
            accesses::soon,
            connections.changes().watch(),
            quota),
        relaxed,
        shares,
        this::returnSpace);
    new FileUpkeep(
            connections.source(),
            writer,
            readers,
            connections.checkpointer(),
            heartbeat,
            accesses,
            connections.changes())
        .startOn(background);
    background.after(BEANS_MILLIS, "register the beans of the readers", readers::registerBeans);
  }

  /**
   * Opens a checked file.
   *
   * @param hashing wraps the hasher of the file; identity outside tests
   */
  static SqliteCacheFile open(
      ConnectionSource source,
      StoreSettings settings,
      LongSupplier clockMillis,
      Migrations.IfOlder ifOlder,
      UnaryOperator<KeyHasher> hashing) {
    FileConnections connections =
        FileConnections.open(source, settings, clockMillis.getAsLong(), ifOlder, hashing);
    return new SqliteCacheFile(connections, settings, clockMillis);
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

  /** Deletes entries that are too large to be read; false if there was none. */
  boolean deleteOversized() {
    return oversized.delete(connections.source().limit()) > 0;
  }

  /** For tests that wait until it rests. */
  BackgroundWork background() {
    return background;
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
      connections.changes().poll(coherence.maxDelay());
    }
  }

  void catchUp() {
    connections.changes().watch().catchUp();
  }

  /** Whether nobody looks for foreign commits but who reads copies. */
  boolean isLeftToReaders() {
    return connections.changes().watch().isLeftToReaders();
  }

  /** Writes what is only in memory, and returns what opens further connections. */
  ConnectionSource written() {
    relaxed.flush();
    accesses.now();
    return connections.source();
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
      connections.checkpointer().now();
      return true;
    });
  }

  StoreStatistics statistics() {
    FileSizes sizes = FileSizes.of(path);
    return new StoreStatistics(
        readers.reads(),
        writer.commits(),
        connections.checkpointer().checkpoints(),
        writer.busyRetries(),
        sizes.fileBytes(),
        sizes.walBytes(),
        readers.open(),
        readers.active(),
        relaxed.bufferedWrites(),
        tables.bufferedAccesses(),
        relaxed.failures(),
        connections.changes().watch().foreignCommits(),
        connections.changes().watch().forgottenCopies(),
        writer.waiting(),
        readers.latency(),
        writer.latency());
  }

  private List<SqliteEntryTable> openTables() {
    return tables.all();
  }

  void close() {
    connections.changes().close();
    background.close();
    try {
      flushAndCheckpoint();
    } finally {
      connections.close();
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

  /** As {@link FileConnections#saveRemovedLog}. */
  boolean saveRemovedLog() {
    return connections.saveRemovedLog();
  }

  /** Closes and writes nothing more; what fails is logged. */
  void abandon() {
    connections.changes().close();
    relaxed.abandon();
    background.close();
    try {
      connections.close();
    } catch (RuntimeException e) {
      logger.log(Level.WARNING, () -> "The abandoned file " + path + " did not close well", e);
    }
  }
}
