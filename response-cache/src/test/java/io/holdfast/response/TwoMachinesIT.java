package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.DatabaseIdentity;
import io.holdfast.schema.Dialect;
import io.holdfast.schema.SchemaDrift;
import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.StructureChange;
import io.holdfast.schema.StructureHash;
import io.holdfast.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Beyond one machine: response caches of two Hazelcast members over one distributed cache. */
@Timeout(120)
class TwoMachinesIT {

  private static final DatabaseIdentity SHOP =
      new DatabaseIdentity(Dialect.POSTGRESQL, "db", 5432, "shop", "", "app", "1");
  private static final TableName ORDERS = new TableName("public", "orders");
  private static final StructureHash BEFORE = new StructureHash("f1:" + "a".repeat(64));
  private static final StructureHash AFTER = new StructureHash("f1:" + "b".repeat(64));
  private static final ResponseKey WHY =
      ResponseKey.builder("chat").tenant("acme").part("question", "why").build();

  private final List<CacheManager> managers = new ArrayList<>();
  private HazelcastCluster cluster;
  private ResponseCache<String> here;
  private ResponseCache<String> there;

  @BeforeEach
  void start() {
    cluster = new HazelcastCluster(2);
    here = open(cluster.member(0));
    there = open(cluster.member(1));
  }

  private ResponseCache<String> open(HazelcastCluster.Member member) {
    CacheManager manager = member.newManager();
    managers.add(manager);
    return ResponseCache.over(member.cache(manager, "answers"))
        .purgeExecutor(Runnable::run)
        .build();
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
    cluster.close();
  }

  private static SchemaKey key(StructureHash hash) {
    return new SchemaKey(SHOP.id(), "public", "orders", hash.value(), "profile");
  }

  private static SchemaDrift drift(StructureHash after, StructureChange change) {
    return new SchemaDrift(
        SHOP,
        ORDERS,
        SchemaDrift.Origin.OWN_CONNECTION,
        "ALTER",
        BEFORE,
        after,
        List.of(change),
        System.currentTimeMillis());
  }

  @Test
  void answer_madeOnOneMachine_isAHitOnTheOther() {
    Answer<String> made = here.answer(WHY, () -> "because");
    assertThat(there.answer(WHY, () -> "again")).isEqualTo(made.as(Outcome.HIT));
  }

  @Test
  void stream_heardOnOneMachine_isReplayedInItsPiecesOnTheOther() {
    here.stream(
        WHY,
        sink -> {
          sink.chunk("be");
          sink.chunk("cause");
          sink.complete("because");
        },
        new Ear());
    var ear = new Ear();
    there.stream(WHY, sink -> sink.fail(new IllegalStateException("asked again")), ear);
    assertThat(ear.heard).containsExactly("be", "cause");
  }

  @Test
  void answer_machineThatMadeItDies_isStillAHit() {
    here.get(WHY, () -> "because");
    cluster.member(0).instance.getLifecycleService().terminate();
    assertThat(there.get(WHY, () -> "again")).isEqualTo("because");
  }

  @Test
  void erase_onOneMachine_holdsOnTheOther() {
    here.get(WHY, () -> "secret");
    assertThat(there.erase("acme")).isEqualTo(1);
    assertThat(here.answer(WHY, () -> "anew").outcome()).isEqualTo(Outcome.MISS);
  }

  /** The structure is in the key: who knows of the drift asks for another one, and nobody else need be told. */
  @Test
  void drift_heardOnOneMachine_removesTheOldAnswersForAll() {
    here.get(key(BEFORE), () -> "old");
    there.drifted(drift(AFTER, new StructureChange.ColumnAdded("note", "text")));
    assertThat(there.get(key(AFTER), () -> "new")).isEqualTo("new");
    assertThat(here.find(ResponseKey.of(key(BEFORE)))).isEmpty();
    assertThat(here.get(key(AFTER), () -> "again")).isEqualTo("new");
  }

  /** A dropped and remade table may look as before: each machine has to hear of that itself, as each watches. */
  @Test
  void drift_tableReplaced_isHeardOnBoth() {
    here.get(key(BEFORE), () -> "old");
    SchemaDrift replaced = drift(BEFORE, new StructureChange.TableReplaced());
    here.drifted(replaced);
    there.drifted(replaced);
    assertThat(there.get(key(BEFORE), () -> "new")).isEqualTo("new");
    assertThat(here.get(key(BEFORE), () -> "again")).isEqualTo("new");
  }

  /** What changes beside our own provider: without leases each machine makes the call. */
  @Test
  void answer_bothMachinesAtOnce_callOnceEach() throws Exception {
    var calls = new AtomicInteger();
    var upstream = new CompletableFuture<String>();
    AsyncComputation<String> call = () -> {
      calls.incrementAndGet();
      return upstream;
    };
    var answerHere = here.answerAsync(WHY, call);
    var answerThere = there.answerAsync(WHY, call);
    assertThat(calls).hasValue(2);
    upstream.complete("because");
    assertThat(answerHere.get(30, TimeUnit.SECONDS).value()).isEqualTo("because");
    assertThat(answerThere.get(30, TimeUnit.SECONDS).value()).isEqualTo("because");
  }

  private static final class Ear implements StreamListener<String> {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void onChunk(String chunk) {
      heard.add(chunk);
    }

    @Override
    public void onComplete(Answer<String> answer) {}

    @Override
    public void onError(Throwable failure) {
      heard.add("failed");
    }
  }
}
