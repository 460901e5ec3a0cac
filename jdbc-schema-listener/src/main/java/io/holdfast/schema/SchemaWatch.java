package io.holdfast.schema;

import io.holdfast.schema.catalog.CatalogReader;
import io.holdfast.schema.catalog.CatalogReaders;
import io.holdfast.schema.spi.DatabaseMonitor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All databases that this class loader watches. A database is watched from the first lease until its
 * linger time after the last one is over.
 *
 * <p>Embedded engines (SQLite, H2) are read over a connection that is closed after each reading. While
 * nobody has a lease on an H2 database it is not looked at at all, since our connection alone would
 * keep it open; all its tables are in doubt until somebody comes back.
 */
public final class SchemaWatch {

  private static final Logger LOGGER = System.getLogger(SchemaWatch.class.getName());

  // Guards WATCHES and the counters in it; never held during I/O or while foreign code runs.
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Map<WatchKey, Watch> WATCHES = new HashMap<>();

  // Which watch a server's URL led to, so that a pool's next connection does not ask again.
  private static final Map<ServerTarget, WatchKey> SERVERS = new HashMap<>();

  private record WatchKey(DatabaseIdentity identity, WatchSettings settings) {}

  private record ServerTarget(String url, String user, WatchSettings settings) {}

  private static final class Watch {
    final LiveDatabase database;
    final List<DatabaseMonitor> monitors;
    final boolean pollsUnleased;
    int leases;

    Watch(LiveDatabase database, List<DatabaseMonitor> monitors, boolean pollsUnleased) {
      this.database = database;
      this.monitors = monitors;
      this.pollsUnleased = pollsUnleased;
    }
  }

  private SchemaWatch() {}

  /**
   * Takes a lease on a database: watched from now on. The first reading runs on the watch's own daemon
   * thread. Identifying a server costs the first lease one connect and one short query over a
   * connection of our own, here; a server that refuses it is identified by host and port. Later leases
   * of the same target join the watch without asking; the watch itself finds out, with each catalog
   * connection it opens, when another server has taken the place, and is in doubt for good from then
   * on.
   *
   * @param target the target's JDBC URL, without our prefix
   * @param user the user, or empty
   * @param probeConnection an open connection of the target, used here for {@code getMetaData()} only
   * @param connector opens our own connections; the newest lease's connector is used
   * @throws UnwatchableDatabaseException if no second connection can see this database, as with a
   *     private in-memory one; the connection itself is fine
   * @throws SQLException if the database could not be identified; nothing is watched, nothing is left
   */
  public static Lease lease(
      String target,
      String user,
      Connection probeConnection,
      CatalogConnector connector,
      WatchSettings settings)
      throws SQLException {
    var server = new ServerTarget(target, user, settings);
    WatchKey known = knownServer(server);
    Watch joined = known == null ? null : existing(known, connector);
    if (known != null && joined != null) {
      return new WatchLease(known, joined);
    }
    DatabaseIdentity identity = IdentityDetection.detect(
        target, user, probeConnection.getMetaData(), connector, settings.schemaFilter());
    var key = new WatchKey(identity, settings);
    Watch watch = existing(key, connector);
    if (watch == null) {
      Watch fresh = open(key, connector);
      LOCK.lock();
      try {
        watch = WATCHES.putIfAbsent(key, fresh);
        if (watch == null) {
          fresh.leases = 1;
          watch = fresh;
        } else {
          take(watch);
        }
        if (!identity.serverId().isEmpty() && !isEmbedded(identity.dialect())) {
          SERVERS.put(server, key);
        }
      } finally {
        LOCK.unlock();
      }
      if (watch == fresh) {
        tell(fresh, monitor -> monitor.databaseWatched(fresh.database));
        fresh.database.start();
      } else {
        fresh.database.close();
      }
    }
    return new WatchLease(key, watch);
  }

  private static @Nullable WatchKey knownServer(ServerTarget server) {
    LOCK.lock();
    try {
      WatchKey key = SERVERS.get(server);
      Watch watch = key == null ? null : WATCHES.get(key);
      return watch == null || watch.database.isLost() ? null : key;
    } finally {
      LOCK.unlock();
    }
  }

  // Another server answers where this one was: whoever connects from now on must ask who it is.
  private static void forgetServer(WatchKey key) {
    LOCK.lock();
    try {
      SERVERS.values().removeIf(key::equals);
    } finally {
      LOCK.unlock();
    }
  }

  private static boolean isEmbedded(Dialect dialect) {
    return dialect == Dialect.SQLITE || dialect == Dialect.H2;
  }

  private static @Nullable Watch existing(WatchKey key, CatalogConnector connector) {
    LOCK.lock();
    try {
      Watch watch = WATCHES.get(key);
      if (watch != null) {
        watch.database.connector(connector);
        take(watch);
      }
      return watch;
    } finally {
      LOCK.unlock();
    }
  }

  private static void take(Watch watch) {
    if (watch.leases++ == 0) {
      watch.database.leased(true, watch.pollsUnleased);
    }
  }

  private static Watch open(WatchKey key, CatalogConnector connector) {
    DatabaseIdentity identity = key.identity();
    Dialect dialect = identity.dialect();
    boolean embedded = isEmbedded(dialect);
    CatalogReader reader = CatalogReaders.forDatabase(identity);
    Path file = dialect == Dialect.SQLITE ? Path.of(identity.database()) : null;
    var pool = new CatalogPool(
        PoolName.next(identity), connector, opened -> admit(opened, key, reader), !embedded, file);
    var database =
        new LiveDatabase(identity, key.settings(), reader, pool, () -> releaseIfUnused(key));
    return new Watch(database, monitors(), dialect != Dialect.H2);
  }

  private static void admit(Connection connection, WatchKey key, CatalogReader reader)
      throws SQLException {
    if (!IdentityDetection.isStill(key.identity(), connection)) {
      forgetServer(key);
      throw new SQLException("another server answers where " + key.identity().id() + " was");
    }
    reader.pin(connection);
  }

  private static void giveBack(WatchKey key, Watch watch) {
    LOCK.lock();
    try {
      if (--watch.leases == 0 && WATCHES.get(key) == watch) {
        watch.database.leased(false, watch.pollsUnleased);
      }
    } finally {
      LOCK.unlock();
    }
  }

  private static void releaseIfUnused(WatchKey key) {
    Watch watch;
    LOCK.lock();
    try {
      watch = WATCHES.get(key);
      if (watch == null || watch.leases > 0) {
        return;
      }
      WATCHES.remove(key);
      SERVERS.values().removeIf(key::equals);
    } finally {
      LOCK.unlock();
    }
    end(watch);
  }

  private static void end(Watch watch) {
    watch.database.close();
    tell(watch, monitor -> monitor.databaseReleased(watch.database));
  }

  /** The databases watched now. */
  public static Collection<WatchedDatabase> databases() {
    LOCK.lock();
    try {
      return WATCHES.values().stream()
          .<WatchedDatabase>map(watch -> watch.database)
          .toList();
    } finally {
      LOCK.unlock();
    }
  }

  /**
   * Ends all watching at once: threads, catalog connections, monitors. For tests and undeployment.
   * Leases taken before are over; waits for readings that are under way.
   */
  public static void shutdown() {
    List<Watch> all;
    LOCK.lock();
    try {
      all = List.copyOf(WATCHES.values());
      WATCHES.clear();
      SERVERS.clear();
    } finally {
      LOCK.unlock();
    }
    all.forEach(SchemaWatch::end);
  }

  private static List<DatabaseMonitor> monitors() {
    var monitors = new ArrayList<DatabaseMonitor>();
    Iterator<DatabaseMonitor> providers = ServiceLoader.load(
            DatabaseMonitor.class, SchemaWatch.class.getClassLoader())
        .iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return monitors;
        }
        monitors.add(providers.next());
      } catch (ServiceConfigurationError e) {
        LOGGER.log(Level.WARNING, () -> "a database monitor cannot be loaded; going on without", e);
      }
    }
  }

  private static void tell(Watch watch, Consumer<DatabaseMonitor> message) {
    for (DatabaseMonitor monitor : watch.monitors) {
      try {
        message.accept(monitor);
      } catch (RuntimeException | LinkageError e) {
        LOGGER.log(
            Level.WARNING,
            () -> "a database monitor failed; going on: " + monitor.getClass().getName(),
            e);
      }
    }
  }

  /** One user's interest in a database. */
  public interface Lease extends AutoCloseable {

    /** What is watched. */
    WatchedDatabase database();

    /** Gives the lease back; twice is quiet. */
    @Override
    void close();
  }

  private static final class WatchLease implements Lease {
    private final WatchKey key;
    private final Watch watch;
    private final AtomicBoolean closed = new AtomicBoolean();

    WatchLease(WatchKey key, Watch watch) {
      this.key = key;
      this.watch = watch;
    }

    @Override
    public WatchedDatabase database() {
      return watch.database;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        giveBack(key, watch);
      }
    }
  }
}
