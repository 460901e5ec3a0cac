package io.holdfast.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log that a PostgreSQL keeps of its own DDL, once it was asked to. */
class PushIT {

  private static final TableName T = new TableName("public", "t");
  private static final Duration NEVER = Duration.ofDays(1);

  private static EmbeddedPostgres server;
  private static int databases;

  private String url;
  private Connection session;
  private SchemaWatch.Lease lease;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedPostgres.builder()
        .setServerConfig("max_prepared_transactions", "5")
        .start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void newDatabase() throws Exception {
    String name = "push" + ++databases;
    try (Connection admin = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
        Statement statement = admin.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    url = server.getJdbcUrl("postgres", name);
    session = DriverManager.getConnection(url);
    execute("CREATE TABLE t (a int)");
  }

  @AfterEach
  void end() throws SQLException {
    if (lease != null) {
      lease.close();
    }
    SchemaWatch.shutdown();
    session.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  private long logged() throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM holdfast_watch.change")) {
      row.next();
      return row.getLong(1);
    }
  }

  private WatchedDatabase watch(WatchSettings.Push push, Duration audit, String user)
      throws Exception {
    String as = url.replace("user=postgres", "user=" + user);
    var settings = new WatchSettings(
        Duration.ZERO, Duration.ZERO, "", Duration.ofSeconds(10), push, audit, null);
    lease = SchemaWatch.lease(url, user, session, () -> DriverManager.getConnection(as), settings);
    assertThat(lease.database().awaitReady(10_000)).isTrue();
    return lease.database();
  }

  private static boolean isPushed(WatchedDatabase database) {
    return database.statistics().state().auditIntervalMillis() >= 0;
  }

  @Test
  void use_notInstalled_installsNothing() throws Exception {
    assertThat(isPushed(watch(WatchSettings.Push.USE, NEVER, "postgres"))).isFalse();
    assertThat(PushInstallation.isInstalled(session)).isFalse();
  }

  @Test
  void install_asked_isThereWholeAndNotWatchedItself() throws Exception {
    WatchedDatabase database = watch(WatchSettings.Push.INSTALL, NEVER, "postgres");
    assertThat(isPushed(database)).isTrue();
    assertThat(PushInstallation.isInstalled(session)).isTrue();
    assertThat(database.structures()).containsOnlyKeys(T);
  }

  @Test
  void validate_alteredByAnother_isSeenThroughTheLog() throws Exception {
    PushInstallation.install(session);
    WatchedDatabase database = watch(WatchSettings.Push.USE, NEVER, "postgres");
    StructureHash before = database.hash(T).orElseThrow();
    for (int i = 0; i < 10; i++) {
      execute("ALTER TABLE t ADD c" + i + " int");
      assertThat(database.validate()).isTrue();
      StructureHash after = database.hash(T).orElseThrow();
      assertThat(after).isNotEqualTo(before);
      before = after;
    }
    execute("ALTER TABLE t ALTER a TYPE bigint");
    execute("DROP TABLE t");
    database.validate();
    assertThat(database.structures()).isEmpty();
  }

  @Test
  void log_rolledBackOrTemporary_saysNothing() throws Exception {
    PushInstallation.install(session);
    long before = logged();
    execute("CREATE TEMP TABLE x (a int)");
    execute("CREATE INDEX ON x (a)");
    session.setAutoCommit(false);
    execute("ALTER TABLE t ADD b int");
    session.rollback();
    session.setAutoCommit(true);
    assertThat(logged()).isEqualTo(before);
  }

  @Test
  void log_severalStatementsAndARolledBackPart_isOneRowATransaction() throws Exception {
    PushInstallation.install(session);
    long before = logged();
    session.setAutoCommit(false);
    execute("SAVEPOINT s");
    execute("ALTER TABLE t ADD b int");
    execute("ROLLBACK TO s");
    execute("ALTER TABLE t ADD c int");
    execute("ALTER TABLE t ADD d int");
    session.commit();
    session.setAutoCommit(true);
    assertThat(logged()).isEqualTo(before + 1);
  }

  @Test
  void log_twoTransactionsWithDdl_doNotWaitForEachOther() throws Exception {
    PushInstallation.install(session);
    try (Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      session.setAutoCommit(false);
      execute("ALTER TABLE t ADD b int");
      statement.execute("SET lock_timeout = '5s'");
      statement.execute("CREATE TABLE u (a int)");
      session.commit();
      session.setAutoCommit(true);
    }
  }

  @Test
  void log_ofAPreparedTransaction_appearsWithItsCommit() throws Exception {
    PushInstallation.install(session);
    WatchedDatabase database = watch(WatchSettings.Push.USE, NEVER, "postgres");
    execute("BEGIN; ALTER TABLE t ADD b int; PREPARE TRANSACTION 'p'");
    long before = logged();
    execute("COMMIT PREPARED 'p'");
    assertThat(logged()).isEqualTo(before + 1);
    database.validate();
    assertThat(database.structure(T).orElseThrow().columns()).hasSize(2);
  }

  @Test
  void log_inAReplicaSession_isKeptToo() throws Exception {
    PushInstallation.install(session);
    long before = logged();
    execute("SET session_replication_role = replica");
    execute("ALTER TABLE t ADD b int");
    assertThat(logged()).isEqualTo(before + 1);
  }

  @Test
  void validate_changeThatTheServerDoesNotLog_isFoundByTheAudit() throws Exception {
    PushInstallation.install(session);
    WatchedDatabase database = watch(WatchSettings.Push.USE, Duration.ZERO, "postgres");
    long before = logged();
    execute("EXPLAIN ANALYZE CREATE TABLE u AS SELECT 1 AS a");
    assertThat(logged()).isEqualTo(before);
    assertThat(database.validate()).isTrue();
    assertThat(database.structures()).containsKey(new TableName("public", "u"));
  }

  @Test
  void verifiedKey_changeThatTheServerDoesNotLog_isFound() throws Exception {
    PushInstallation.install(session);
    WatchedDatabase database = watch(WatchSettings.Push.USE, NEVER, "postgres");
    SchemaKey before = database.verifiedKey(T, "").orElseThrow();
    execute("UPDATE pg_attribute SET attnotnull = true"
        + " WHERE attrelid = 't'::regclass AND attname = 'a'");
    assertThat(database.verifiedKey(T, "").orElseThrow()).isNotEqualTo(before);
  }

  @Test
  void uninstall_whileWatched_goesOnWithTheCatalogs() throws Exception {
    PushInstallation.install(session);
    WatchedDatabase database = watch(WatchSettings.Push.USE, NEVER, "postgres");
    assertThat(isPushed(database)).isTrue();
    PushInstallation.uninstall(session);
    execute("ALTER TABLE t ADD b int");
    assertThat(database.validate()).isTrue();
    assertThat(database.structure(T).orElseThrow().columns()).hasSize(2);
    assertThat(isPushed(database)).isFalse();
    assertThat(PushInstallation.isInstalled(session)).isFalse();
    execute("CREATE SCHEMA holdfast_watch");
    PushInstallation.uninstall(session);
  }

  @Test
  void triggerSwitchedOff_isNotTrusted() throws Exception {
    PushInstallation.install(session);
    WatchedDatabase database = watch(WatchSettings.Push.USE, NEVER, "postgres");
    execute("ALTER EVENT TRIGGER holdfast_watch_ddl DISABLE");
    execute("ALTER TABLE t ADD b int");
    assertThat(database.validate()).isTrue();
    assertThat(database.structure(T).orElseThrow().columns()).hasSize(2);
    PushInstallation.install(session);
    assertThat(PushInstallation.isInstalled(session)).isTrue();
  }

  @Test
  void tableDroppedByHand_failsNobodysDdl() throws Exception {
    PushInstallation.install(session);
    execute("DROP TABLE holdfast_watch.change");
    execute("ALTER TABLE t ADD b int");
    assertThat(PushInstallation.isInstalled(session)).isFalse();
  }

  @Test
  void install_notASuperuser_saysWhoMayAndPollsOn() throws Exception {
    execute("CREATE ROLE clerk" + databases + " LOGIN");
    String clerk = "clerk" + databases;
    execute("GRANT CREATE ON DATABASE push" + databases + " TO " + clerk);
    try (Connection other =
        DriverManager.getConnection(url.replace("user=postgres", "user=" + clerk))) {
      assertThatThrownBy(() -> PushInstallation.install(other))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("only a superuser");
      assertThat(other.getAutoCommit()).isTrue();
    }
    WatchedDatabase database = watch(WatchSettings.Push.INSTALL, NEVER, clerk);
    assertThat(isPushed(database)).isFalse();
    execute("ALTER TABLE t ADD b int");
    assertThat(database.validate()).isTrue();
    assertThat(database.structure(T).orElseThrow().columns()).hasSize(2);
  }

  @Test
  void forgery_bySomebodyElse_isNotTrusted() throws Exception {
    PushInstallation.install(session);
    execute("CREATE ROLE forger" + databases);
    execute("ALTER TABLE holdfast_watch.change OWNER TO forger" + databases);
    assertThat(PushInstallation.isInstalled(session)).isFalse();
    PushInstallation.uninstall(session);
  }

  @Test
  void audit_manyOldRows_prunesThem() throws Exception {
    PushInstallation.install(session);
    execute("INSERT INTO holdfast_watch.change"
        + " SELECT -i, now() - interval '2 hours' FROM generate_series(1, 200) i");
    WatchedDatabase database = watch(WatchSettings.Push.USE, Duration.ZERO, "postgres");
    assertThat(database.validate()).isTrue();
    assertThat(logged()).isLessThan(10);
    assertThat(database.validate()).isTrue();
  }
}
