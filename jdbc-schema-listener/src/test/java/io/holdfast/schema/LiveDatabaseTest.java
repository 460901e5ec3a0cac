package io.holdfast.schema;

import static io.holdfast.schema.ScriptedCatalog.name;
import static io.holdfast.schema.WatchFixture.summaries;
import static io.holdfast.schema.WatchFixture.suspects;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.WatchedDatabase.Event;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Doubt, retries, plausibility and the order of publication, over a catalog that obeys the test. */
class LiveDatabaseTest {

  private static final Suspects ORDERS = suspects("Orders");

  private final ScriptedCatalog catalog = new ScriptedCatalog();
  private final List<SchemaDrift> heard = new CopyOnWriteArrayList<>();
  private LiveDatabase database;

  @BeforeEach
  void watch() throws Exception {
    catalog.put("orders", "int", "1");
    catalog.put("customer", "int", "1");
    catalog.put("totals", "int", "1", "orders");
    database = open();
    database.addListener(heard::add);
    database.start();
    assertThat(database.awaitReady(10_000)).isTrue();
  }

  private LiveDatabase open() {
    var pool = new CatalogPool(
        "scripted",
        () -> DriverManager.getConnection("jdbc:h2:mem:"),
        catalog::pin,
        /* keepsConnections= */ true,
        null);
    var identity = new DatabaseIdentity(Dialect.GENERIC, "host", 1, "db", "", "ann", "");
    var settings = new WatchSettings(Duration.ZERO, Duration.ofMinutes(1), "");
    return new LiveDatabase(identity, settings, catalog, pool, () -> {});
  }

  @AfterEach
  void release() {
    database.close();
  }

  private boolean isKnown(String table) {
    return database.key(name(table), "").isPresent();
  }

  @Test
  void firstReading_isNoDrift() {
    assertThat(heard).isEmpty();
    assertThat(database.structures()).hasSize(3);
    assertThat(database.statistics().inDoubt()).isZero();
  }

  @Test
  void suspect_aName_doubtsTheTableAndItsReadersOnly() {
    database.suspect(ORDERS);
    assertThat(isKnown("orders")).isFalse();
    assertThat(isKnown("totals")).isFalse();
    assertThat(isKnown("customer")).isTrue();
    assertThat(database.structures()).containsOnlyKeys(name("customer"));
    assertThat(database.statistics().inDoubt()).isEqualTo(2);
  }

  @Test
  void suspect_anIndexByName_doubtsItsTable() {
    database.suspect(suspects("CUSTOMER_INDEX"));
    assertThat(isKnown("customer")).isFalse();
  }

  @Test
  void settle_twoSuspectedTheSame_theFirstLeavesItInDoubt() {
    database.suspect(ORDERS);
    database.suspect(ORDERS);
    catalog.put("orders", "bigint", "1");

    database.settle(ORDERS, "ALTER");
    assertThat(isKnown("orders")).isFalse();
    assertThat(heard).isEmpty();

    database.settle(ORDERS, "ALTER");
    assertThat(isKnown("orders")).isTrue();
    assertThat(summaries(heard)).containsExactly("s.orders: column a type int -> bigint");
  }

  @Test
  void settle_everythingSuspectedByAnother_keepsEverythingInDoubt() {
    database.suspect(Suspects.ALL);
    database.suspect(ORDERS);
    database.settle(ORDERS, "ALTER");
    assertThat(isKnown("customer")).isFalse();
    database.settle(Suspects.ALL, null);
    assertThat(isKnown("customer")).isTrue();
  }

  @Test
  void settle_withoutASuspect_isHarmless() {
    database.settle(ORDERS, "ALTER");
    database.suspect(ORDERS);
    assertThat(isKnown("orders")).isFalse();
  }

  @Test
  void settle_noNetChange_isNoDrift() {
    database.suspect(ORDERS);
    database.settle(ORDERS, "ALTER");
    assertThat(heard).isEmpty();
    assertThat(isKnown("orders")).isTrue();
  }

  @Test
  void settle_catalogFails_leavesDoubtUntilTheWatchHasReadIt() throws Exception {
    var drifts = new LinkedBlockingQueue<SchemaDrift>();
    database.addListener(drifts::add);
    database.suspect(ORDERS);
    catalog.put("orders", "bigint", "1");
    catalog.failing(true);
    database.settle(ORDERS, "ALTER");
    assertThat(isKnown("orders")).isFalse();

    catalog.failing(false);
    SchemaDrift drift = drifts.poll(30, TimeUnit.SECONDS);
    assertThat(drift).isNotNull();
    assertThat(drift.origin()).isEqualTo(SchemaDrift.Origin.OWN_CONNECTION);
    assertThat(isKnown("orders")).isTrue();
    assertThat(database.statistics().readingFailures()).isPositive();
  }

  @Test
  void validate_catalogFails_doubtsEverythingAndRecovers() {
    catalog.failing(true);
    assertThat(database.validate()).isFalse();
    assertThat(isKnown("customer")).isFalse();
    assertThat(database.structures()).isEmpty();
    catalog.failing(false);
    assertThat(database.validate()).isTrue();
    assertThat(isKnown("customer")).isTrue();
    assertThat(heard).isEmpty();
  }

  @Test
  void validate_everythingGone_isNotBelieved() {
    catalog.remove("orders", "customer", "totals");
    assertThat(database.validate()).isFalse();
    assertThat(isKnown("orders")).isFalse();
    assertThat(heard).isEmpty();

    catalog.put("orders", "int", "1");
    catalog.put("customer", "int", "1");
    catalog.put("totals", "int", "1", "orders");
    assertThat(database.validate()).isTrue();
    assertThat(isKnown("orders")).isTrue();
    assertThat(heard).isEmpty();
  }

  @Test
  void settle_everythingDroppedByUs_isBelieved() {
    database.suspect(Suspects.ALL);
    catalog.remove("orders", "customer", "totals");
    database.settle(Suspects.ALL, "DROP");
    assertThat(heard).hasSize(3);
    assertThat(database.statistics().tablesWatched()).isZero();
  }

  @Test
  void validate_mostTablesInvisibleWherePrivilegesHide_isNotBelieved() {
    catalog.put("extra", "int", "1");
    assertThat(database.validate()).isTrue();
    heard.clear();
    catalog.privilegesHide();
    catalog.remove("orders", "customer", "totals");
    assertThat(database.validate()).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  void validate_catalogChangesDuringTheReading_publishesTheLaterState() {
    catalog.put("orders", "bigint", "1");
    catalog.duringNextRead(() -> catalog.put("orders", "text", "1"));
    assertThat(database.validate()).isTrue();
    assertThat(summaries(heard)).containsExactly("s.orders: column a type int -> text");
  }

  @Test
  void validate_catalogNeverHoldsStill_failsAndDoubts() {
    catalog.put("orders", "type", "1");
    changeDuringEveryRead(0);
    assertThat(database.validate()).isFalse();
    assertThat(isKnown("orders")).isFalse();
  }

  private void changeDuringEveryRead(int round) {
    catalog.duringNextRead(() -> {
      catalog.put("orders", "type" + round, "1");
      changeDuringEveryRead(round + 1);
    });
  }

  @Test
  void validate_otherIncarnation_replacesTheTableAndItsReaders() {
    catalog.put("orders", "int", "2");
    database.validate();
    assertThat(summaries(heard))
        .containsExactly(
            "s.orders: table replaced or truncated", "s.totals: table replaced or truncated");
    assertThat(heard).allMatch(drift -> drift.before().equals(drift.after()));
  }

  @Test
  void validate_whileAChangeIsSuspected_leavesItToTheOneWhoSettles() {
    database.suspect(ORDERS);
    catalog.put("orders", "bigint", "1");
    catalog.put("customer", "text", "1");
    assertThat(database.validate()).isTrue();
    assertThat(summaries(heard)).containsExactly("s.customer: column a type int -> text");
    database.settle(ORDERS, "ALTER");
    assertThat(heard).hasSize(2).last().satisfies(drift -> {
      assertThat(drift.origin()).isEqualTo(SchemaDrift.Origin.OWN_CONNECTION);
      assertThat(drift.statementKind()).isEqualTo("ALTER");
    });
  }

  @Test
  void listener_isToldAfterTheStructureIsVisibleAndWithoutALock() throws Exception {
    var seen = new CountDownLatch(1);
    database.addListener(drift -> {
      // From another thread: with a lock held here, neither call would return.
      var other = new Thread(() -> {
        if (database.validate()
            && database.hash(drift.table()).orElseThrow().equals(drift.after())) {
          seen.countDown();
        }
      });
      other.start();
      try {
        other.join(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    catalog.put("orders", "bigint", "1");
    database.validate();
    assertThat(seen.await(0, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void listener_throws_isCountedAndTheOthersAreTold() {
    database.addListener(drift -> {
      throw new AssertionError("a bad listener");
    });
    var after = new CopyOnWriteArrayList<SchemaDrift>();
    database.addListener(after::add);
    catalog.put("orders", "bigint", "1");
    assertThat(database.validate()).isTrue();
    assertThat(after).hasSize(1);
    assertThat(database.statistics().listenerFailures()).isEqualTo(1);
  }

  @Test
  void statistics_countWhatHappened() {
    database.count(Event.DDL_CERTAIN);
    database.count(Event.BLIND_SPOT);
    catalog.put("orders", "bigint", "1");
    database.validate();
    database.suspect(suspects("customer"));
    catalog.put("customer", "bigint", "1");
    database.settle(suspects("customer"), "ALTER");
    DriftStatistics statistics = database.statistics();
    assertThat(statistics.drifts()).isEqualTo(2);
    assertThat(statistics.outsideDrifts()).isEqualTo(1);
    assertThat(statistics.ddlCertain()).isEqualTo(1);
    assertThat(statistics.blindSpots()).isEqualTo(1);
    assertThat(statistics.recent()).hasSize(2);
    assertThat(statistics.recent().get(0).table()).isEqualTo(name("customer"));
    assertThat(statistics.schemaFingerprint()).isNotNull();
  }

  @Test
  void databaseDownAtStart_becomesReadyByItself() throws Exception {
    catalog.failing(true);
    LiveDatabase late = open();
    try {
      late.start();
      assertThat(late.awaitReady(200)).isFalse();
      catalog.failing(false);
      assertThat(late.awaitReady(30_000)).isTrue();
    } finally {
      late.close();
    }
  }

  @Test
  void close_endsTheThreadAndDoubtsEverything() {
    database.close();
    assertThat(isKnown("orders")).isFalse();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("holdfast-watch generic:db"));
    database.settle(ORDERS, "ALTER");
    assertThat(database.validate()).isFalse();
  }
}
