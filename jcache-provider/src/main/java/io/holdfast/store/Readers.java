package io.holdfast.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** The pool of connections that read, each with its statements prepared once. */
final class Readers implements AutoCloseable {
  // 200 MB of log: another process keeps it from being emptied, so at least we do not.
  private static final long PIN_LIMIT_FRAMES = 5 * Checkpointer.DUE_FRAMES;

  // A thread that comes when the pool is just closing waits for so long before it hears of it.
  private static final long POOL_PATIENCE_MILLIS = 1_000;
  private static final long MOST_WAITS = 30;
  // Reading the clock twice would cost a short read one per cent.
  private static final int MEASURED_ONE_OF = 16;

  private final Path file;
  private final HikariDataSource pool;
  private final PoolBeans beans;
  private final Map<Connection, ReadSession> sessions = new ConcurrentHashMap<>();
  private final LongAdder reads = new LongAdder();
  private final Latencies latencies = new Latencies(System::nanoTime);
  private volatile boolean closed;
  private volatile @Nullable WalIndex walIndex;
  private volatile Pragmas.Proof logIsInPlace = Pragmas.Proof.NONE;
  private volatile Pragmas.Proof isAttended = Pragmas.Proof.NONE;

  /** What to read; no user code may run in it. */
  @FunctionalInterface
  interface Query<T> {
    T run(ReadSession session) throws SQLException;
  }

  Readers(ConnectionSource source, int connections) {
    this.file = source.file();
    HikariConfig config = new HikariConfig();
    config.setDataSource(new ReaderSource(source));
    config.setPoolName(PoolName.next(file));
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(POOL_PATIENCE_MILLIS);
    // A connection to a local file does not age, and a new one would have to
    // prepare everything again.
    config.setMaxLifetime(0);
    config.setIdleTimeout(0);
    pool = new HikariDataSource(config);
    beans = new PoolBeans(pool);
  }

  <T> T read(String action, Query<T> query) {
    requireOpen();
    reads.increment();
    if (ThreadLocalRandom.current().nextInt(MEASURED_ONE_OF) != 0) {
      return run(action, query);
    }
    long startNanos = System.nanoTime();
    T result = run(action, query);
    latencies.record(startNanos, System.nanoTime());
    return result;
  }

  LatencyFigures latency() {
    return latencies.now();
  }

  private <T> T run(String action, Query<T> query) {
    try (Connection pooled = borrow()) {
      ReadSession session = sessionOf(pooled);
      session.lock().lock();
      try {
        requireOpen();
        prepare(session);
        return query.run(session);
      } catch (SQLException e) {
        session.discardStatements(e);
        throw e;
      } finally {
        session.lock().unlock();
      }
    } catch (SQLException e) {
      requireOpen();
      throw new StoreException(action, file, e);
    }
  }

  // The pool gives up when its caller is interrupted. A read is short: it ends, and the interrupt
  // is kept for whoever waits for it.
  private Connection borrow() throws SQLException {
    boolean interrupted = false;
    long waits = 0;
    try {
      while (true) {
        try {
          return pool.getConnection();
        } catch (SQLTransientConnectionException e) {
          requireOpen();
          if (++waits >= MOST_WAITS) {
            throw e;
          }
        } catch (SQLException e) {
          if (!(e.getCause() instanceof InterruptedException)) {
            throw e;
          }
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void prepare(ReadSession session) throws SQLException {
    WalIndex index = walIndex;
    if (index == null) {
      return;
    }
    if (index.frames() >= PIN_LIMIT_FRAMES) {
      session.unpin();
      isAttended.require();
    } else if (session.pinLatest(index)) {
      // Asked with the snapshot taken: what it holds was committed to our log if that is there now.
      logIsInPlace.require();
      isAttended.require();
    }
  }

  /** Whether nobody has committed since. */
  boolean isNewest(LogPosition commit) {
    WalIndex index = walIndex;
    return index != null && commit.equals(LogPosition.of(index));
  }

  /**
   * What is to hold after each new snapshot: somebody sees to it that it does not stay for ever. Else
   * nothing is read from it.
   */
  void requireAttention(Pragmas.Proof proof) {
    isAttended = proof;
  }

  /** Lets reads share snapshots from now on. */
  void pinWith(WalIndex index) {
    walIndex = index;
  }

  /** What is to hold once a snapshot is taken; else nothing is read from it. */
  void requireWithSnapshot(Pragmas.Proof proof) {
    logIsInPlace = proof;
  }

  /** Something that needs the log free of this process's readers. */
  @FunctionalInterface
  interface Unhindered {
    void run() throws SQLException;
  }

  /** Lets go of every snapshot as it is now; readers take new ones at once. */
  void unpinEach() throws SQLException {
    for (ReadSession session : sessions.values()) {
      session.lock().lock();
      try {
        session.unpin();
      } finally {
        session.lock().unlock();
      }
    }
  }

  /** Runs it while no read is under way and no snapshot is held. */
  void withoutPins(Unhindered work) throws SQLException {
    withoutPins(List.copyOf(sessions.values()), 0, work);
  }

  private static void withoutPins(List<ReadSession> held, int next, Unhindered work)
      throws SQLException {
    if (next == held.size()) {
      work.run();
      return;
    }
    ReadSession session = held.get(next);
    session.lock().lock();
    try {
      session.unpin();
      withoutPins(held, next + 1, work);
    } finally {
      session.lock().unlock();
    }
  }

  /** Lets go of the snapshots of readers that have nothing to do. */
  void unpinIdle() {
    for (ReadSession session : sessions.values()) {
      if (session.lock().tryLock()) {
        try {
          session.unpinIfIdle();
        } catch (SQLException e) {
          session.discardStatements(e);
        } finally {
          session.lock().unlock();
        }
      }
    }
  }

  /** Whether nobody reads and no snapshot is held. */
  boolean isIdle() {
    for (ReadSession session : sessions.values()) {
      if (!session.lock().tryLock()) {
        return false;
      }
      try {
        if (session.isPinned()) {
          return false;
        }
      } finally {
        session.lock().unlock();
      }
    }
    return true;
  }

  private ReadSession sessionOf(Connection pooled) throws SQLException {
    SQLiteConnection physical = pooled.unwrap(SQLiteConnection.class);
    ReadSession known = sessions.get(physical);
    if (known == null) {
      forgetClosed();
      known = new ReadSession(physical);
      sessions.put(physical, known);
    }
    return known;
  }

  private void forgetClosed() throws SQLException {
    for (Connection physical : List.copyOf(sessions.keySet())) {
      if (physical.isClosed()) {
        sessions.remove(physical);
      }
    }
  }

  /** Has the platform's bean server show the pool. */
  void registerBeans() {
    beans.register();
  }

  long reads() {
    return reads.sum();
  }

  int open() {
    return closed ? 0 : pool.getHikariPoolMXBean().getTotalConnections();
  }

  int active() {
    return closed ? 0 : pool.getHikariPoolMXBean().getActiveConnections();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The cache file " + file + " is closed");
    }
  }

  /** Waits for reads that are under way; later ones fail. */
  @Override
  public void close() {
    closed = true;
    try {
      // Nobody reads any more once every lock was held.
      withoutPins(() -> {});
    } catch (SQLException e) {
      throw new StoreException("close the readers", file, e);
    } finally {
      beans.close();
      pool.close();
      sessions.clear();
    }
  }
}
