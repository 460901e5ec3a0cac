package io.holdfast.response;

import static io.holdfast.response.CacheFixture.KEY;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache that fails never fails a call, and is left alone when it keeps failing. */
class FailingCacheTest {

  private final CacheFixture fixture = new CacheFixture();
  private final FaultyCache faulty = new FaultyCache(fixture.cache());
  private final AtomicInteger computed = new AtomicInteger();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Answer<String> ask(ResponseCache<String> responses) {
    return responses.answer(KEY, () -> "answer " + computed.incrementAndGet());
  }

  @Test
  void answer_everyOperationFails_everyCallIsAnswered() {
    faulty.everythingFails(true);
    try (var responses = fixture.builder(faulty.view()).build()) {
      for (int i = 1; i <= 20; i++) {
        assertThat(ask(responses).value()).isEqualTo("answer " + i);
      }
      ResponseStatistics statistics = responses.statistics();
      assertThat(statistics.misses() + statistics.bypassed()).isEqualTo(20);
      assertThat(statistics.notStoredTotal()).isEqualTo(20);
      assertThat(statistics.readFailures()).isPositive();
      assertThat(statistics.writeFailures()).isPositive();
      assertThat(statistics.circuitOpen()).isTrue();
    }
  }

  @Test
  void answer_writesFail_isNotStoredAndCounted() {
    faulty.writesFail = true;
    try (var responses = fixture.builder(faulty.view()).build()) {
      assertThat(ask(responses).outcome()).isEqualTo(Outcome.MISS);
      assertThat(responses.statistics().notStored())
          .containsEntry(NotStoredReason.CACHE_FAILURE, 1L);
      assertThat(responses.statistics().writeFailures()).isEqualTo(1);
    }
  }

  @Test
  void answer_cacheClosedUnderneath_everyCallIsAnswered() {
    try (var responses = fixture.builder().build()) {
      assertThat(ask(responses).outcome()).isEqualTo(Outcome.MISS);
      assertThat(ask(responses).outcome()).isEqualTo(Outcome.HIT);
      fixture.cache().close();
      for (int i = 2; i < 12; i++) {
        assertThat(ask(responses).value()).isEqualTo("answer " + i);
      }
    }
  }

  @Test
  void circuit_repeatedFailures_leavesTheCacheAloneAndComesBack() {
    faulty.readsFail = true;
    try (var responses =
        fixture.builder(faulty.view()).circuit(3, ofSeconds(30)).build()) {
      // Each call reads and fails, writes and succeeds: never three in a row.
      for (int i = 0; i < 5; i++) {
        ask(responses);
      }
      assertThat(responses.statistics().circuitOpen()).isFalse();

      faulty.writesFail = true;
      ask(responses);
      // Where there are leases, a call looks twice: the first one has failed three times.
      long bypassedAlready = ask(responses).outcome() == Outcome.BYPASSED ? 1 : 0;
      assertThat(responses.statistics().circuitOpen()).isTrue();

      int callsWhenItOpened = faulty.calls();
      assertThat(ask(responses).outcome()).isEqualTo(Outcome.BYPASSED);
      fixture.clock.advance(ofSeconds(30).minus(ofMillis(1)));
      assertThat(ask(responses).outcome()).isEqualTo(Outcome.BYPASSED);
      assertThat(faulty.calls()).isEqualTo(callsWhenItOpened);

      // The pause is over, the cache is not well: one call tries, the next does not.
      fixture.clock.advance(ofMillis(1));
      assertThat(ask(responses).outcome()).isEqualTo(Outcome.MISS);
      assertThat(ask(responses).outcome()).isEqualTo(Outcome.BYPASSED);

      faulty.everythingFails(false);
      fixture.clock.advance(ofSeconds(30));
      assertThat(ask(responses).outcome()).isEqualTo(Outcome.HIT);
      assertThat(responses.statistics().circuitOpen()).isFalse();
      assertThat(ask(responses).outcome()).isEqualTo(Outcome.HIT);
      assertThat(responses.statistics().notStored())
          .containsEntry(NotStoredReason.BYPASSED, bypassedAlready + 3);
    }
  }

  /** A lease is another table's affair: that it can be had says nothing about the entries. */
  @Test
  void circuit_entriesFailAndLeasesDoNot_leavesTheCacheAlone(@TempDir Path directory) {
    try (CacheManager manager = AskingProcess.open(directory.resolve("answers.db"))) {
      var leased = new FaultyCache(AskingProcess.cache(manager));
      try (var responses =
          fixture.builder(leased.view()).circuit(3, ofSeconds(30)).build()) {
        leased.everythingFails(true);
        assertThat(ask(responses).outcome()).isEqualTo(Outcome.MISS);
        assertThat(responses.statistics().circuitOpen()).isTrue();
        assertThat(ask(responses).outcome()).isEqualTo(Outcome.BYPASSED);
        leased.everythingFails(false);
        fixture.clock.advance(ofSeconds(30));
        assertThat(ask(responses).outcome()).isEqualTo(Outcome.MISS);
        assertThat(responses.statistics().circuitOpen()).isFalse();
        assertThat(ask(responses).outcome()).isEqualTo(Outcome.HIT);
      }
    }
  }
}
