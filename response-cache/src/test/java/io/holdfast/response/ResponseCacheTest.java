package io.holdfast.response;

import static io.holdfast.response.CacheFixture.KEY;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one thread sees: hits, misses, what is stored and what is not. */
class ResponseCacheTest {

  private final CacheFixture fixture = new CacheFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private record Review(String title, List<String> points, long tokens) {}

  private static Computation<String, RuntimeException> never() {
    return () -> {
      throw new AssertionError("must not be computed");
    };
  }

  @Test
  void answer_secondCall_isAHitThatSaysWhatTheFirstCost() {
    try (var responses = fixture
        .builder()
        .costOf(value -> new Cost(new BigDecimal("0.10"), "USD"))
        .build()) {
      Answer<String> first = responses.answer(KEY, () -> {
        fixture.clock.advance(ofSeconds(3));
        return "because";
      });
      long createdAtMillis = fixture.clock.millis();
      fixture.clock.advance(ofMinutes(5));
      Answer<String> second = responses.answer(KEY, never());

      var cost = new Cost(new BigDecimal("0.10"), "USD");
      assertThat(first)
          .isEqualTo(new Answer<>("because", Outcome.MISS, createdAtMillis, 3000, cost, null));
      assertThat(second)
          .isEqualTo(new Answer<>("because", Outcome.HIT, createdAtMillis, 3000, cost, null));
      assertThat(first.isComputed()).isTrue();
      assertThat(second.isComputed()).isFalse();
      ResponseStatistics statistics = responses.statistics();
      assertThat(statistics.hits()).isEqualTo(1);
      assertThat(statistics.misses()).isEqualTo(1);
      assertThat(statistics.stored()).isEqualTo(1);
      assertThat(statistics.computeMillis()).isEqualTo(3000);
      assertThat(statistics.savedMillis()).isEqualTo(3000);
      assertThat(statistics.spent())
          .containsOnly(java.util.Map.entry("USD", new BigDecimal("0.10")));
      assertThat(statistics.saved())
          .containsOnly(java.util.Map.entry("USD", new BigDecimal("0.10")));
    }
  }

  @Test
  void get_recordThroughJson_comesBackEqual() {
    var review = new Review("Ünïcode \"quoted\"", List.of("a", "b"), 7);
    try (var responses =
        fixture.builder().codec(ResponseCodec.json(Review.class)).build()) {
      responses.get(KEY, () -> review);
      assertThat(responses.get(KEY, () -> new Review("other", List.of(), 0))).isEqualTo(review);
    }
  }

  @Test
  void get_otherCodecThanTheWriters_isAMissAndOverwrites() {
    try (var text = fixture.builder().build();
        var json = fixture.builder().codec(ResponseCodec.json(Review.class)).build()) {
      text.get(KEY, () -> "because");
      var review = new Review("t", List.of(), 1);
      assertThat(json.answer(KEY, () -> review).outcome()).isEqualTo(Outcome.MISS);
      assertThat(json.answer(KEY, () -> review).outcome()).isEqualTo(Outcome.HIT);
    }
  }

  @Test
  void answer_afterTimeToLive_isComputedAnew() {
    try (var responses = fixture.builder().timeToLive(ofMinutes(1)).build()) {
      responses.get(KEY, () -> "old");
      fixture.clock.advance(ofMinutes(1).minusMillis(1));
      assertThat(responses.get(KEY, never())).isEqualTo("old");
      fixture.clock.advance(java.time.Duration.ofMillis(1));
      assertThat(responses.get(KEY, () -> "new")).isEqualTo("new");
      assertThat(responses.statistics().expired()).isEqualTo(1);
    }
  }

  @Test
  void answer_checkedException_reachesTheCallerUnchangedAndIsNotStored() throws IOException {
    var failure = new IOException("no route");
    try (var responses = fixture.builder().build()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> responses.get(KEY, () -> {
            throw failure;
          }))
          .isSameAs(failure);
      assertThat(fixture.cache().containsKey(KEY.text().orElseThrow())).isFalse();
      assertThat(responses.answer(KEY, () -> "now it works").outcome()).isEqualTo(Outcome.MISS);
      assertThat(responses.statistics().computeFailures()).isEqualTo(1);
      assertThat(responses.statistics().inFlight()).isZero();
    }
  }

  @Test
  void answer_null_isRefusedAndNotStored() {
    try (var responses = fixture.builder().build()) {
      assertThatExceptionOfType(NullPointerException.class)
          .isThrownBy(() -> responses.get(KEY, () -> null))
          .withMessage("a computation must not answer null");
      assertThat(responses.get(KEY, () -> "something")).isEqualTo("something");
    }
  }

  @Test
  void answer_keyNotCacheable_runsEachTimeAndIsCounted() {
    var key = ResponseKey.builder("test").part("callback", (Runnable) () -> {}).build();
    var calls = new AtomicInteger();
    try (var responses = fixture.builder().build()) {
      for (int i = 0; i < 3; i++) {
        Answer<String> answer = responses.answer(key, () -> "call " + calls.incrementAndGet());
        assertThat(answer.outcome()).isEqualTo(Outcome.BYPASSED);
      }
      assertThat(calls).hasValue(3);
      assertThat(responses
              .answer(ResponseKey.of(Optional.empty()), () -> "in doubt")
              .outcome())
          .isEqualTo(Outcome.BYPASSED);
      assertThat(responses.statistics().bypassed()).isEqualTo(4);
      assertThat(responses.statistics().notStored())
          .containsEntry(NotStoredReason.KEY_NOT_CACHEABLE, 4L);
      assertThat(fixture.cache()).isEmpty();
    }
  }

  @Test
  void answer_storeIfSaysNo_isNotStored() {
    try (var responses = fixture.builder().storeIf(answer -> !answer.isEmpty()).build()) {
      responses.get(KEY, () -> "");
      assertThat(responses.get(KEY, () -> "text")).isEqualTo("text");
      assertThat(responses.get(KEY, never())).isEqualTo("text");
      assertThat(responses.statistics().notStored()).containsEntry(NotStoredReason.REFUSED, 1L);
    }
  }

  @Test
  void answer_damagedPayload_isAMissAndTheRowIsReplaced() {
    String row = KEY.text().orElseThrow();
    try (var responses = fixture.builder().build()) {
      responses.get(KEY, () -> "because");
      CachedResponse intact = fixture.cache().get(row);
      fixture.cache().put(row, withPayload(intact, "becausf"));
      assertThat(responses.get(KEY, () -> "again")).isEqualTo("again");

      CachedResponse later = fixture.cache().get(row);
      fixture
          .cache()
          .put(
              row,
              new CachedResponse(
                  99,
                  later.codec(),
                  later.payload(),
                  later.payloadCrc32c(),
                  later.createdAtMillis(),
                  later.expiresAtMillis(),
                  later.computeMillis(),
                  later.cost()));
      assertThat(responses.get(KEY, () -> "and again")).isEqualTo("and again");
      assertThat(responses.statistics().corrupt()).isEqualTo(2);
    }
  }

  @Test
  void answer_payloadThatTheCodecCannotRead_isAMiss() {
    var codec = ResponseCodec.json(Review.class);
    fixture
        .cache()
        .put(
            KEY.text().orElseThrow(),
            CachedResponse.of(codec.format(), "{\"nonsense\":1}", 0, Long.MAX_VALUE, 0, null));
    var review = new Review("t", List.of(), 1);
    try (var responses = fixture.builder().codec(codec).build()) {
      assertThat(responses.get(KEY, () -> review)).isEqualTo(review);
      assertThat(responses.statistics().corrupt()).isEqualTo(1);
      assertThat(responses.answer(KEY, () -> review).outcome()).isEqualTo(Outcome.HIT);
    }
  }

  @Test
  void answer_valueThatTheCodecCannotWrite_reachesTheCaller() {
    try (var responses = fixture.builder().codec(ResponseCodec.json(Loop.class)).build()) {
      Loop loop = new Loop(new ArrayList<>());
      loop.next().add(loop);
      assertThat(responses.get(KEY, () -> loop)).isSameAs(loop);
      assertThat(responses.statistics().notStored())
          .containsEntry(NotStoredReason.NOT_ENCODABLE, 1L);
    }
  }

  private record Loop(List<Loop> next) {}

  @Test
  void answer_costFunctionFails_costIsUnknown() {
    try (var responses = fixture
        .builder()
        .costOf(value -> {
          throw new IllegalStateException("no price");
        })
        .build()) {
      assertThat(responses.answer(KEY, () -> "because").cost()).isEmpty();
      assertThat(responses.answer(KEY, never()).outcome()).isEqualTo(Outcome.HIT);
    }
  }

  @Test
  void answer_afterClose_runsWithoutTheCache() {
    var responses = fixture.builder().build();
    responses.get(KEY, () -> "because");
    responses.close();
    responses.close();
    assertThat(responses.answer(KEY, () -> "computed").outcome()).isEqualTo(Outcome.BYPASSED);
    assertThat(fixture.cache().isClosed()).isFalse();
  }

  private static CachedResponse withPayload(CachedResponse response, String payload) {
    return new CachedResponse(
        response.formatVersion(),
        response.codec(),
        payload,
        response.payloadCrc32c(),
        response.createdAtMillis(),
        response.expiresAtMillis(),
        response.computeMillis(),
        response.cost());
  }

  @Test
  void answer_sampledModelAndNotCached_asksAnewAndStoresNothing() {
    var free = ResponseKey.builder("chat").model("m").temperature(0.7).build();
    var fixed = ResponseKey.builder("chat").model("m").temperature(0).build();
    try (var responses = fixture.builder().sampled(SampledAnswers.NOT_CACHED).build()) {
      responses.get(free, () -> "one");
      assertThat(responses.answer(free, () -> "two").outcome()).isEqualTo(Outcome.BYPASSED);
      responses.get(fixed, () -> "one");
      assertThat(responses.get(fixed, never())).isEqualTo("one");
      assertThat(responses.statistics().notStored()).containsEntry(NotStoredReason.SAMPLED, 2L);
    }
    try (var responses = fixture.builder().build()) {
      responses.get(free, () -> "one");
      assertThat(responses.get(free, never())).isEqualTo("one");
    }
  }
}
