package io.holdfast.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Refreshes that go wrong, on a real PostgreSQL: the truth is replaced as a whole or not at all. */
class RefreshIT {

  private static final TableName FREE = new TableName("public", "free");
  private static final TableName HELD = new TableName("public", "held");
  private static final TableName VIEW = new TableName("public", "held_view");
  private static final String TABLES = """
      CREATE TABLE free (a int PRIMARY KEY);
      CREATE TABLE held (a int PRIMARY KEY, b text DEFAULT 'x', CHECK (a > 0));
      CREATE VIEW held_view AS SELECT b FROM held;
      """;

  private static EmbeddedPostgres server;
  private static int databases;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static String newDatabase() throws Exception {
    String name = "refresh" + ++databases;
    try (Connection admin = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
        Statement statement = admin.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return server.getJdbcUrl("postgres", name);
  }

  /** A session that keeps its locks until it is closed. */
  private static Connection holding(String url, String... sql) throws SQLException {
    Connection session = DriverManager.getConnection(url);
    session.setAutoCommit(false);
    try (Statement statement = session.createStatement()) {
      for (String text : sql) {
        statement.execute(text);
      }
    }
    return session;
  }

  @Test
  void firstReading_tableLockedByAnother_knowsTheOthersAndReadsItLater() throws Exception {
    String url = newDatabase();
    try (Connection setUp = DriverManager.getConnection(url);
        Statement statement = setUp.createStatement()) {
      statement.execute(TABLES);
    }
    WatchFixture shop;
    try (Connection locking = holding(url, "LOCK TABLE held IN ACCESS EXCLUSIVE MODE")) {
      shop = WatchFixture.polling(url);
      assertThat(shop.database().key(FREE, "")).isPresent();
      assertThat(shop.database().key(HELD, "")).isEmpty();
      assertThat(shop.database().key(VIEW, "")).isEmpty();
      locking.rollback();
    }
    try (shop) {
      WatchFixture.until(
          () -> shop.database().key(VIEW, "").isPresent(), shop.database().statistics());
      assertThat(shop.database().key(HELD, "")).isPresent();
      assertThat(shop.heard()).isEmpty();
    }
  }

  @Test
  void validate_changedTableLockedByAnother_staysAsItWasInDoubt() throws Exception {
    String url = newDatabase();
    try (var shop = WatchFixture.of(url, TABLES)) {
      shop.executeElsewhere("ALTER TABLE held ADD c int");
      shop.executeElsewhere("ALTER TABLE free ADD c int");
      try (Connection locking = holding(url, "LOCK TABLE held IN ACCESS EXCLUSIVE MODE")) {
        assertThat(shop.database().validate()).isTrue();
        assertThat(WatchFixture.summaries(shop.heard()))
            .containsExactly("public.free: column c added (integer)");
        assertThat(shop.database().key(FREE, "")).isPresent();
        assertThat(shop.database().key(HELD, "")).isEmpty();
        // Its body follows what happens to the table, so it would have to be read, too.
        assertThat(shop.database().key(VIEW, "")).isEmpty();
        locking.rollback();
      }
      assertThat(shop.database().validate()).isTrue();
      assertThat(WatchFixture.summaries(shop.heard()))
          .containsExactly("public.held: column c added (integer)");
    }
  }

  @Test
  void refresh_tableAlteredAndNotCommitted_readsTheOthers() throws Exception {
    String url = newDatabase();
    try (var shop = WatchFixture.of(url, TABLES);
        Connection altering = holding(url, "ALTER TABLE held ADD c int")) {
      assertThat(shop.database().refresh()).isTrue();
      assertThat(shop.database().key(FREE, "")).isPresent();
      assertThat(shop.database().key(HELD, "")).isEmpty();
      altering.rollback();
      assertThat(shop.database().validate()).isTrue();
      assertThat(shop.database().key(HELD, "")).isPresent();
      assertThat(shop.heard()).isEmpty();
    }
  }

  @Test
  void validate_massDropByAnother_isDoubtedAndThenBelieved() throws Exception {
    String url = newDatabase();
    try (var shop = WatchFixture.polling(url, TABLES, "CREATE TABLE more (a int)")) {
      shop.executeElsewhere("DROP TABLE held, more CASCADE");
      WatchFixture.until(
          () -> shop.database().statistics().tablesWatched() == 1,
          shop.database().statistics());
      for (int i = 0; i < 3; i++) {
        assertThat(shop.awaitDrift().changes()).containsExactly(new StructureChange.TableDropped());
      }
      assertThat(shop.database().key(FREE, "")).isPresent();
      assertThat(shop.database().statistics().state().implausibleReadings()).isPositive();
    }
  }

  @Test
  void validate_sessionKilled_keepsTheTruthAndRecovers() throws Exception {
    String url = newDatabase();
    try (var shop = WatchFixture.of(url, TABLES)) {
      for (int i = 0; i < 3; i++) {
        shop.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        shop.database().validate();
        assertThat(shop.database().statistics().tablesWatched()).isEqualTo(3);
      }
      WatchFixture.until(() -> shop.database().validate(), shop.database().statistics());
      assertThat(shop.heard()).isEmpty();
    }
  }

  @Test
  void settle_oneAlteredTableAmongMany_readsThatTableOnly() throws Exception {
    var many = new StringBuilder(TABLES);
    for (int i = 0; i < 100; i++) {
      many.append("CREATE TABLE m").append(i).append(" (a int);");
    }
    try (var shop = WatchFixture.of(newDatabase(), many.toString())) {
      long before = shop.database().statistics().state().tablesRead();
      assertThat(before).isGreaterThanOrEqualTo(103);
      shop.executeReported("ALTER TABLE free ADD c int", "free");
      shop.executeElsewhere("ALTER TABLE m7 ADD c int");
      assertThat(shop.database().validate()).isTrue();
      assertThat(shop.database().statistics().state().tablesRead() - before).isEqualTo(2);
      assertThat(shop.heard()).hasSize(2);
    }
  }

  @Test
  void networkHangs_noCallWaitsLongAndTheWatchRecovers() throws Exception {
    String url = newDatabase();
    try (Connection setUp = DriverManager.getConnection(url);
        Statement statement = setUp.createStatement();
        var proxy = new FrozenProxy(server.getPort())) {
      statement.execute(TABLES);
      String through = url.replace(":" + server.getPort(), ":" + proxy.port());
      var settings = new WatchSettings(
          Duration.ofMillis(20), Duration.ZERO, "", /* maxWait= */ Duration.ofMillis(300));
      try (Connection session = DriverManager.getConnection(url)) {
        SchemaWatch.Lease lease = SchemaWatch.lease(
            through, "", session, () -> DriverManager.getConnection(through), settings);
        WatchedDatabase database = lease.database();
        try {
          assertThat(database.awaitReady(10_000)).isTrue();
          proxy.frozen(true);
          // Published bound: the interval and the longest wait; then nothing is served any more.
          WatchFixture.until(() -> database.key(FREE, "").isEmpty(), database.statistics());
          Suspects suspects = WatchFixture.suspects("free");
          long startNanos = System.nanoTime();
          database.suspect(suspects);
          statement.execute("ALTER TABLE free ADD c int");
          database.settle(suspects, "ALTER");
          assertThat(database.verifiedKey(FREE, "")).isEmpty();
          assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos))
              .isLessThan(3_000);
          proxy.frozen(false);
          WatchFixture.until(() -> database.key(FREE, "").isPresent(), database.statistics());
          assertThat(database.structure(FREE).orElseThrow().columns()).hasSize(2);
        } finally {
          lease.close();
          SchemaWatch.shutdown();
        }
      }
    }
  }
}
