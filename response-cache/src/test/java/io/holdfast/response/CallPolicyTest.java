package io.holdfast.response;

import static io.holdfast.response.CacheFixture.KEY;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one caller may want of the cache, and how long answers and failures are served. */
class CallPolicyTest {

  private static final CallPolicy ANY = CallPolicy.DEFAULT;

  private final CacheFixture fixture = new CacheFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static Outcome outcome(Responses<String> responses) {
    return responses.answer(KEY, () -> "anew").outcome();
  }

  @Test
  void maxAge_olderAnswer_isReplacedForEverybody() {
    try (var responses = fixture.builder().build()) {
      responses.get(KEY, () -> "old");
      fixture.clock.advance(ofMinutes(10));
      assertThat(outcome(responses.with(ANY.withMaxAge(ofMinutes(10))))).isEqualTo(Outcome.HIT);
      assertThat(outcome(responses.with(ANY.withMaxAge(ofMinutes(9))))).isEqualTo(Outcome.MISS);
      assertThat(responses.get(KEY, () -> "not asked")).isEqualTo("anew");
    }
  }

  @Test
  void noCache_storedAnswer_isReplacedWithoutBeingRead() {
    try (var responses = fixture.builder().build()) {
      responses.get(KEY, () -> "old");
      assertThat(outcome(responses.with(ANY.withNoCache()))).isEqualTo(Outcome.BYPASSED);
      assertThat(responses.get(KEY, () -> "not asked")).isEqualTo("anew");
    }
  }

  @Test
  void noStore_readsAndLeavesTheCacheAsItIs() {
    try (var responses = fixture.builder().build()) {
      assertThat(outcome(responses.with(ANY.withNoStore()))).isEqualTo(Outcome.MISS);
      assertThat(fixture.cache()).isEmpty();
      assertThat(responses.statistics().notStored()).containsEntry(NotStoredReason.NO_STORE, 1L);
      responses.get(KEY, () -> "stored");
      assertThat(outcome(responses.with(ANY.withNoStore()))).isEqualTo(Outcome.HIT);
      assertThat(responses.with(ANY.withNoStore().withNoCache()).get(KEY, () -> "own"))
          .isEqualTo("own");
      assertThat(responses.get(KEY, () -> "not asked")).isEqualTo("stored");
    }
  }

  @Test
  void onlyIfCached_nothingStored_saysSoAndCallsNobody() {
    var calls = new AtomicInteger();
    try (var responses = fixture.builder().build()) {
      var only = responses.with(ANY.withOnlyIfCached());
      assertThatExceptionOfType(NotCachedException.class)
          .isThrownBy(() -> only.get(KEY, () -> "call " + calls.incrementAndGet()));
      assertThatExceptionOfType(NotCachedException.class)
          .isThrownBy(() ->
              only.get(ResponseKey.notCacheable("test"), () -> "call " + calls.incrementAndGet()));
      responses.get(KEY, () -> "stored");
      assertThat(only.get(KEY, () -> "call " + calls.incrementAndGet())).isEqualTo("stored");
      assertThat(calls).hasValue(0);
      assertThat(responses.statistics().inFlight()).isZero();
    }
  }

  @Test
  void find_neverCalls() {
    try (var responses = fixture.builder().build()) {
      assertThat(responses.find(KEY)).isEmpty();
      responses.get(KEY, () -> "stored");
      assertThat(responses.find(KEY).orElseThrow().value()).isEqualTo("stored");
      fixture.clock.advance(ofSeconds(2));
      assertThat(responses.with(ANY.withMaxAge(ofSeconds(1))).find(KEY)).isEmpty();
      assertThat(responses.find(ResponseKey.notCacheable("test"))).isEmpty();
    }
  }

  @Test
  void timeToLive_theClosestOneCounts() {
    var chat = ResponseKey.builder("chat").part("q", 1).build();
    try (var responses = fixture
        .builder()
        .timeToLive(ofMinutes(60))
        .timeToLive("chat", ofMinutes(10))
        .build()) {
      responses.get(KEY, () -> "an hour");
      responses.get(chat, () -> "ten minutes");
      fixture.clock.advance(ofMinutes(10));
      assertThat(responses.find(chat)).isEmpty();
      assertThat(responses.find(KEY)).isPresent();

      responses.with(ANY.withTimeToLive(ofMinutes(1))).get(chat, () -> "one minute");
      assertThat(responses.find(chat)).isPresent();
      fixture.clock.advance(ofMinutes(1));
      assertThat(responses.find(chat)).isEmpty();
    }
  }

  @Test
  void rememberFailures_untilTheirTime_theSameCallFailsWithoutCalling() throws IOException {
    var calls = new AtomicInteger();
    Computation<String, IOException> failing = () -> {
      calls.incrementAndGet();
      throw new IOException("model is gone");
    };
    try (var responses = fixture
        .builder()
        .rememberFailures(ofSeconds(30), IOException.class::isInstance)
        .build()) {
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> responses.get(KEY, failing));
      assertThatExceptionOfType(RememberedFailureException.class)
          .isThrownBy(() -> responses.get(KEY, failing))
          .withMessage("model is gone")
          .satisfies(e -> assertThat(e.failureClass()).isEqualTo("java.io.IOException"));
      assertThat(responses.find(KEY)).isEmpty();
      assertThat(calls).hasValue(1);
      assertThat(responses.with(ANY.withNoCache()).get(KEY, () -> "forced")).isEqualTo("forced");
    }
  }

  @Test
  void rememberFailures_afterTheirTimeOrOfAnotherKind_theCallIsMade() {
    var other = ResponseKey.builder("test").part("q", 2).build();
    try (var responses = fixture
        .builder()
        .rememberFailures(ofSeconds(30), IOException.class::isInstance)
        .build()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> responses.get(KEY, () -> {
            throw new IOException("down");
          }));
      fixture.clock.advance(ofSeconds(30));
      assertThat(responses.get(KEY, () -> "up again")).isEqualTo("up again");
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> responses.get(other, () -> {
            throw new IllegalStateException("a bug");
          }));
      assertThat(responses.get(other, () -> "not remembered")).isEqualTo("not remembered");
    }
  }

  @Test
  void failures_unlessTold_areNotRemembered() {
    try (var responses = fixture.builder().build()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> responses.get(KEY, () -> {
            throw new IOException("down");
          }));
      assertThat(fixture.cache()).isEmpty();
    }
  }

  @Test
  void constructor_policyThatLeavesNothing_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ANY.withNoCache().withOnlyIfCached());
    assertThatIllegalArgumentException().isThrownBy(() -> ANY.withMaxAge(ofSeconds(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> ANY.withTimeToLive(ofSeconds(0)));
  }
}
