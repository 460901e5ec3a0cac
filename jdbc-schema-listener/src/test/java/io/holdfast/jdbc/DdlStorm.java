package io.holdfast.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.SchemaWatch;
import io.holdfast.schema.TableName;
import io.holdfast.schema.WatchedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Eight threads look up answers about tables that other threads alter all the time, through the pool
 * and past it, with rollbacks. Each table has one column, named after its version, so an answer tells
 * which structure it was computed for. Every look-up is judged.
 */
final class DdlStorm {

  private static final int READERS = 8;
  private static final int WRITERS = 3;
  private static final int TABLES = 6;

  private final String target;
  private final String options;
  private final boolean deaf;
  private final long seed;
  private final List<Table> tables = new ArrayList<>();
  private final ConcurrentHashMap<SchemaKey, Long> answers = new ConcurrentHashMap<>();
  private StormJudge judge = new StormJudge(0);
  private volatile boolean over;

  private static final class Table {
    final TableName name;
    final StormJudge.History history = new StormJudge.History();
    // Held by whoever alters it, so that versions are committed in their order.
    final ReentrantLock altering = new ReentrantLock();
    long version;

    Table(int number) {
      this.name = new TableName("public", "storm" + number);
    }
  }

  /**
   * A storm over one database.
   *
   * @param target URL without {@code jdbc:}
   * @param options ours, as in the URL
   * @param deaf whether DDL that is said to go through the pool goes past it: for the control
   */
  DdlStorm(String target, String options, boolean deaf, long seed) {
    this.target = target;
    this.options = options;
    this.deaf = deaf;
    this.seed = seed;
  }

  /** Runs and returns the judge. */
  StormJudge run(long millis, boolean outsideBoundCounts) throws Exception {
    try (Connection raw = raw();
        Statement statement = raw.createStatement()) {
      for (int i = 0; i < TABLES; i++) {
        var table = new Table(i);
        tables.add(table);
        statement.execute("CREATE TABLE " + table.name.name() + " (v0 int)");
      }
    }
    try (HikariDataSource pool = pool()) {
      WatchedDatabase database = database(pool);
      long boundMillis = database.statistics().state().stalenessBoundMillis();
      judge = new StormJudge(TimeUnit.MILLISECONDS.toNanos(outsideBoundCounts ? boundMillis : 0));
      storm(pool, millis);
      requireTheTruth(database);
    } finally {
      SchemaWatch.shutdown();
    }
    return judge;
  }

  private HikariDataSource pool() throws SQLException {
    var config = new HikariConfig();
    config.setDataSource(
        HoldfastDataSource.ofUrl("jdbc:holdfast(" + options + "):" + target, new Properties()));
    config.setMaximumPoolSize(READERS + WRITERS);
    return new HikariDataSource(config);
  }

  private Connection raw() throws SQLException {
    return DriverManager.getConnection("jdbc:" + target);
  }

  private static WatchedDatabase database(HikariDataSource pool) throws Exception {
    try (Connection connection = pool.getConnection()) {
      WatchedDatabase database =
          connection.unwrap(HoldfastConnection.class).database().orElseThrow();
      if (!database.awaitReady(30_000)) {
        throw new AssertionError("not ready: " + database.statistics());
      }
      return database;
    }
  }

  private void storm(HikariDataSource pool, long millis) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    var running = new ArrayList<Future<?>>();
    for (int i = 0; i < READERS + WRITERS; i++) {
      var random = new SplittableRandom(seed + i);
      boolean reads = i < READERS;
      running.add(threads.submit(() -> {
        while (!over) {
          if (reads) {
            look(pool, random);
          } else {
            alter(pool, random);
          }
        }
        return null;
      }));
    }
    Thread.sleep(millis);
    over = true;
    for (Future<?> thread : running) {
      thread.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
  }

  // Readers that spin would leave no processor to those who alter.
  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
  }

  private Table any(SplittableRandom random) {
    return tables.get(random.nextInt(TABLES));
  }

  private void look(HikariDataSource pool, SplittableRandom random) throws SQLException {
    pause();
    try (Connection connection = pool.getConnection()) {
      HoldfastConnection ours = connection.unwrap(HoldfastConnection.class);
      for (int i = 0; i < 50 && !over; i++) {
        Table table = any(random);
        long oldestAllowed = judge.oldestAllowed(table.history, System.nanoTime());
        judge.lookUps.increment();
        SchemaKey key = ours.schemaKey(table.name, "version").orElse(null);
        Long answer = key == null ? null : answers.get(key);
        if (answer != null) {
          judge.served(table.name.name(), answer, oldestAllowed);
        } else if (key == null) {
          judge.withoutKey.increment();
          pause();
        } else {
          compute(ours, connection, table, key);
        }
      }
    }
  }

  /** Computes, and stores if the key is still the same: the answer is for the structure of the key. */
  private void compute(HoldfastConnection ours, Connection connection, Table table, SchemaKey key)
      throws SQLException {
    long version;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table.name.name())) {
      version = Long.parseLong(rows.getMetaData().getColumnName(1).substring(1));
    }
    judge.computed.increment();
    if (key.equals(ours.schemaKey(table.name, "version").orElse(null))) {
      answers.put(key, version);
    }
  }

  private void alter(HikariDataSource pool, SplittableRandom random) throws SQLException {
    Table table = any(random);
    if (!table.altering.tryLock()) {
      return;
    }
    try {
      boolean outside = random.nextInt(3) == 0;
      try (Connection connection = outside || deaf ? raw() : pool.getConnection()) {
        connection.setAutoCommit(false);
        boolean committed = alter(connection, table, random);
        if (committed) {
          judge.committed(table.history, table.version, outside);
        } else {
          judge.rollbacks.increment();
        }
        connection.setAutoCommit(true);
      }
    } finally {
      table.altering.unlock();
    }
  }

  private boolean alter(Connection connection, Table table, SplittableRandom random)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Savepoint savepoint = random.nextBoolean() ? connection.setSavepoint() : null;
      if (savepoint != null) {
        statement.execute("ALTER TABLE " + table.name.name() + " ADD undone int");
        connection.rollback(savepoint);
      }
      statement.execute("ALTER TABLE " + table.name.name() + " RENAME v" + table.version + " TO v"
          + (table.version + 1));
      if (connection.isWrapperFor(HoldfastConnection.class)
          && connection
              .unwrap(HoldfastConnection.class)
              .schemaKey(table.name, "version")
              .isPresent()) {
        judge.violation(table.name.name() + ": a key within the transaction that alters it");
      }
      if (random.nextInt(4) == 0) {
        connection.rollback();
        return false;
      }
      connection.commit();
      table.version++;
      return true;
    }
  }

  /** In the end the watch knows what is there. */
  private void requireTheTruth(WatchedDatabase database) {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while ((!database.validate() || database.statistics().inDoubt() > 0)
        && System.nanoTime() < endNanos) {
      pause();
    }
    for (Table table : tables) {
      String known = database
          .structure(table.name)
          .map(structure -> structure.columns().get(0).name())
          .orElse("nothing");
      if (!known.equals("v" + table.version)) {
        judge.violation(table.name.name() + ": known with column " + known + " in the end, has v"
            + table.version);
      }
    }
  }
}
