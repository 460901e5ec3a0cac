package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * HikariCP, PostgreSQL, eight threads, and DDL from inside and outside all the time: no look-up after a
 * commit returns an answer for the structure before it. Minutes with {@code -Pstorm}.
 */
class DdlStormIT {

  private static final long MILLIS = Long.getLong("holdfast.storm.seconds", 2) * 1_000;
  private static final long SEED = Long.getLong("holdfast.storm.seed", System.nanoTime());

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

  private static StormJudge storm(
      String options, boolean deaf, boolean outsideBoundCounts, long millis) throws Exception {
    String name = "storm" + ++databases;
    try (Connection admin = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
        Statement statement = admin.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    String target = server.getJdbcUrl("postgres", name).substring("jdbc:".length());
    StormJudge judge = new DdlStorm(target, options, deaf, SEED).run(millis, outsideBoundCounts);
    System.out.println("storm (" + options + ", seed " + SEED + "): " + judge);
    return judge;
  }

  private static void assertQuiet(StormJudge judge) {
    assertThat(judge.violations()).as("seed %s, %s", SEED, judge).isEmpty();
    assertThat(judge.hits.sum() + judge.computed.sum()).as(judge.toString()).isPositive();
    assertThat(judge.commits.sum()).as(judge.toString()).isPositive();
    assertThat(judge.outsideCommits.sum()).as(judge.toString()).isPositive();
    assertThat(judge.rollbacks.sum()).as(judge.toString()).isPositive();
  }

  @Test
  void lookUps_polling_neverServeTheStructureBefore() throws Exception {
    assertQuiet(storm("poll=50ms,maxWait=300ms", false, true, MILLIS));
  }

  @Test
  void lookUps_withTheServersLog_neverServeTheStructureBefore() throws Exception {
    assertQuiet(storm("poll=20ms,maxWait=300ms,push=install,audit=1s", false, true, MILLIS));
  }

  @Test
  void lookUps_verifyAlways_neverServeTheStructureBeforeWithoutAnyBound() throws Exception {
    assertQuiet(storm("poll=1s,maxWait=2s,verify=always", false, false, MILLIS));
  }

  /** The control: with DDL that nobody hears the judge finds stale answers. */
  @Test
  void control_deafToItsOwnDdl_isCaught() throws Exception {
    assertThat(storm("poll=500ms", true, true, 1_500).violations()).isNotEmpty();
  }

  /** The control: changes by others are not noticed at once by polling. */
  @Test
  void control_noBoundForOthers_isCaught() throws Exception {
    assertThat(storm("poll=500ms", false, false, 1_500).violations()).isNotEmpty();
  }
}
