package io.holdfast.response;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.DatabaseIdentity;
import io.holdfast.schema.Dialect;
import io.holdfast.schema.SchemaDrift;
import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.StructureChange;
import io.holdfast.schema.StructureHash;
import io.holdfast.schema.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After a table has changed. */
class DriftTest {

  private static final DatabaseIdentity SHOP =
      new DatabaseIdentity(Dialect.POSTGRESQL, "db", 5432, "shop", "", "app", "1");
  private static final TableName ORDERS = new TableName("public", "orders");
  // Begins like the other one's, dots and all.
  private static final TableName ORDERS_OLD = new TableName("public", "orders.old#1");
  private static final StructureHash BEFORE = new StructureHash("f1:" + "a".repeat(64));
  private static final StructureHash AFTER = new StructureHash("f1:" + "b".repeat(64));

  private final CacheFixture fixture = new CacheFixture();
  private final Queue<Runnable> purges = new ArrayDeque<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static SchemaKey key(TableName table, StructureHash hash) {
    return new SchemaKey(SHOP.id(), table.schema(), table.name(), hash.value(), "profile");
  }

  private SchemaDrift drift(
      TableName table,
      @Nullable StructureHash before,
      @Nullable StructureHash after,
      StructureChange change) {
    return new SchemaDrift(
        SHOP,
        table,
        SchemaDrift.Origin.OWN_CONNECTION,
        "ALTER",
        before,
        after,
        List.of(change),
        fixture.clock.millis());
  }

  private SchemaDrift altered() {
    return drift(ORDERS, BEFORE, AFTER, new StructureChange.ColumnAdded("note", "text"));
  }

  private SchemaDrift truncated() {
    return drift(ORDERS, BEFORE, BEFORE, new StructureChange.TableReplaced());
  }

  private List<String> rows() {
    var rows = new ArrayList<String>();
    fixture.cache().forEach(entry -> rows.add(entry.getKey()));
    return rows;
  }

  @Test
  void drifted_columnAdded_removesTheOldAnswersOfThisTableOnly() {
    var current = ResponseKey.builder(key(ORDERS, AFTER)).part("model", "m").build();
    try (var responses = fixture.builder().build()) {
      responses.get(key(ORDERS, BEFORE), () -> "old");
      responses.get(
          ResponseKey.builder(key(ORDERS, BEFORE)).part("model", "m").build(), () -> "old too");
      responses.get(current, () -> "already new");
      responses.get(key(ORDERS_OLD, BEFORE), () -> "another table");
      responses.get(CacheFixture.KEY, () -> "no table at all");

      responses.drifted(altered());

      assertThat(rows())
          .containsExactlyInAnyOrder(
              current.toString(), key(ORDERS_OLD, BEFORE).canonical(), CacheFixture.KEY.toString());
      assertThat(responses.statistics().purged()).isEqualTo(2);
    }
  }

  @Test
  void drifted_tableDropped_removesAllItsAnswers() {
    try (var responses = fixture.builder().build()) {
      responses.get(key(ORDERS, BEFORE), () -> "old");
      responses.get(key(ORDERS, AFTER), () -> "newer");
      responses.drifted(drift(ORDERS, AFTER, null, new StructureChange.TableDropped()));
      assertThat(rows()).isEmpty();
    }
  }

  @Test
  void drifted_keepHistory_removesNothing() {
    try (var responses = fixture.builder().keepHistory().build()) {
      responses.get(key(ORDERS, BEFORE), () -> "old");
      responses.drifted(altered());
      assertThat(rows()).hasSize(1);
    }
  }

  @Test
  void drifted_tableReplacedWithEqualStructure_oldAnswerIsNotServedEvenBeforeThePurge() {
    try (var responses = fixture.builder().purgeExecutor(purges::add).build()) {
      responses.get(key(ORDERS, BEFORE), () -> "full");
      fixture.clock.advance(ofSeconds(1));
      responses.drifted(truncated());
      fixture.clock.advance(ofSeconds(1));

      assertThat(responses.get(key(ORDERS, BEFORE), () -> "empty")).isEqualTo("empty");
      purges.remove().run();
      assertThat(responses.answer(key(ORDERS, BEFORE), () -> "again").value()).isEqualTo("empty");
    }
  }

  @Test
  void drifted_severalBeforeTheWalk_oneWalkServesAll() {
    try (var responses = fixture.builder().purgeExecutor(purges::add).build()) {
      responses.get(key(ORDERS, BEFORE), () -> "old");
      responses.get(key(ORDERS_OLD, BEFORE), () -> "old");
      responses.drifted(altered());
      responses.drifted(
          drift(ORDERS_OLD, BEFORE, AFTER, new StructureChange.ColumnDropped("note")));
      assertThat(purges).hasSize(1);
      purges.remove().run();
      assertThat(rows()).isEmpty();
    }
  }

  @Test
  void drifted_whileACallIsRunning_itsAnswerIsNotStoredAndNobodyJoinsIt() {
    try (var responses = fixture.builder().build()) {
      String answer = responses.get(key(ORDERS, BEFORE), () -> {
        responses.drifted(truncated());
        // The same key again, from the same thread: had the
        // first call still been joined, this would be refused.
        assertThat(responses.get(key(ORDERS, BEFORE), () -> "after")).isEqualTo("after");
        return "half before, half after";
      });
      assertThat(answer).isEqualTo("half before, half after");
      assertThat(responses.statistics().notStored()).containsEntry(NotStoredReason.SUPERSEDED, 1L);
      assertThat(fixture.cache().get(key(ORDERS, BEFORE).canonical()).payload()).isEqualTo("after");
    }
  }

  @Test
  void drifted_walkFails_theNextDriftTakesItAlong() {
    var faulty = new FaultyCache(fixture.cache());
    try (var responses = fixture.builder(faulty.view()).build()) {
      responses.get(key(ORDERS, BEFORE), () -> "old");
      faulty.everythingFails(true);
      responses.drifted(altered());
      assertThat(rows()).hasSize(1);
      faulty.everythingFails(false);
      responses.drifted(
          drift(ORDERS_OLD, BEFORE, AFTER, new StructureChange.ColumnDropped("note")));
      assertThat(rows()).isEmpty();
    }
  }

  @Test
  void drifted_withoutAnExecutor_purgesOnADaemonThreadThatEnds() {
    try (var responses = fixture.builder().purgeExecutor(null).build()) {
      responses.get(key(ORDERS, BEFORE), () -> "old");
      responses.drifted(altered());
      Await.until("the purge", () -> responses.statistics().purged() == 1);
    }
    Await.until(
        "the purge thread to end",
        () -> Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("holdfast-response-purge-test")));
  }
}
