package io.holdfast.response;

import static io.holdfast.response.CacheFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Futures instead of threads: the same promises. */
@Timeout(60)
class AsyncTest {

  private final CacheFixture fixture = new CacheFixture();
  private final AtomicInteger calls = new AtomicInteger();

  @AfterEach
  void close() {
    fixture.close();
  }

  private AsyncComputation<String> calling(CompletableFuture<String> upstream) {
    return () -> {
      calls.incrementAndGet();
      return upstream;
    };
  }

  private static <A> A get(CompletableFuture<A> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  private static Throwable failure(CompletableFuture<?> future) throws Exception {
    try {
      throw new AssertionError("answered: " + get(future));
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  @Test
  void answerAsync_hundredCallers_oneCallAndNobodyBlocks() throws Exception {
    var upstream = new CompletableFuture<String>();
    try (var responses = fixture.builder().build()) {
      var asked = new ArrayList<CompletableFuture<Answer<String>>>();
      for (int i = 0; i < 100; i++) {
        asked.add(responses.answerAsync(KEY, calling(upstream)));
      }
      assertThat(asked).noneMatch(CompletableFuture::isDone);
      upstream.complete("because");
      for (var answer : asked) {
        assertThat(get(answer).value()).isEqualTo("because");
      }
      assertThat(calls).hasValue(1);
      assertThat(responses.statistics().coalesced()).isEqualTo(99);
      assertThat(get(responses.answerAsync(KEY, calling(upstream))).outcome())
          .isEqualTo(Outcome.HIT);
      assertThat(responses.statistics().inFlight()).isZero();
    }
  }

  @Test
  void answerAsync_whileAThreadComputes_sharesItsAnswerAndTheReverse() throws Exception {
    var upstream = new CompletableFuture<String>();
    var executor = Executors.newSingleThreadExecutor();
    try (var responses = fixture.builder().build()) {
      var first = responses.answerAsync(KEY, calling(upstream));
      var blocking = executor.submit(() -> responses.answer(KEY, () -> "computed twice"));
      Await.until("the thread waits or has asked", () -> responses.statistics().inFlight() == 1);
      upstream.complete("because");
      assertThat(blocking.get(30, TimeUnit.SECONDS).value()).isEqualTo("because");
      assertThat(get(first).outcome()).isEqualTo(Outcome.MISS);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void answerAsync_callFails_allFailWithItsExceptionAndTheNextCallComputes() throws Exception {
    var upstream = new CompletableFuture<String>();
    var down = new IOException("down");
    try (var responses = fixture.builder().build()) {
      var one = responses.answerAsync(KEY, calling(upstream));
      var two = responses.answerAsync(KEY, calling(upstream));
      upstream.completeExceptionally(down);
      assertThat(failure(one)).isSameAs(down);
      assertThat(failure(two)).isSameAs(down);
      var again = responses.answerAsync(KEY, calling(CompletableFuture.completedFuture("up")));
      assertThat(get(again).value()).isEqualTo("up");
    }
  }

  @Test
  void answerAsync_callCancelled_aFollowerTakesOver() throws Exception {
    var cancelled = new CompletableFuture<String>();
    try (var responses = fixture.builder().build()) {
      var one = responses.answerAsync(KEY, calling(cancelled));
      var two =
          responses.answerAsync(KEY, calling(CompletableFuture.completedFuture("taken over")));
      cancelled.cancel(false);
      assertThat(get(two).value()).isEqualTo("taken over");
      assertThat(one).isCompletedExceptionally();
      assertThat(calls).hasValue(2);
    }
  }

  @Test
  void answerAsync_callerCancelsItsFuture_theOthersGetTheAnswer() throws Exception {
    var upstream = new CompletableFuture<String>();
    try (var responses = fixture.builder().build()) {
      var one = responses.answerAsync(KEY, calling(upstream));
      var two = responses.answerAsync(KEY, calling(upstream));
      one.cancel(true);
      upstream.complete("because");
      assertThat(get(two).value()).isEqualTo("because");
      assertThat(responses.find(KEY)).isPresent();
    }
  }

  @Test
  void answerAsync_waitsLongerThanAllowed_failsAloneAndTheCallGoesOn() throws Exception {
    var upstream = new CompletableFuture<String>();
    try (var responses = fixture.builder().maxWait(Duration.ofMillis(20)).build()) {
      var one = responses.answerAsync(KEY, calling(upstream));
      var two = responses.answerAsync(KEY, calling(upstream));
      assertThat(failure(two))
          .isInstanceOf(CoalescedWaitException.class)
          .hasCauseInstanceOf(TimeoutException.class);
      upstream.complete("because");
      assertThat(get(one).value()).isEqualTo("because");
    }
  }

  @Test
  void answerAsync_startThrowsOrNullOrNullAnswer_failsTheFutureAndLetsGo() throws Exception {
    try (var responses = fixture.builder().build()) {
      assertThat(failure(responses.answerAsync(KEY, () -> {
            throw new IllegalStateException("no client");
          })))
          .isInstanceOf(IllegalStateException.class);
      assertThat(
              failure(responses.answerAsync(KEY, calling(CompletableFuture.completedFuture(null)))))
          .isInstanceOf(NullPointerException.class);
      assertThat(responses.statistics().computeFailures()).isEqualTo(2);
      assertThat(responses.statistics().inFlight()).isZero();
    }
  }

  @Test
  void answerAsync_cacheFails_theCallAnswersNevertheless() throws Exception {
    var faulty = new FaultyCache(fixture.cache());
    faulty.everythingFails(true);
    try (var responses = fixture.builder(faulty.view()).build()) {
      var answer =
          responses.answerAsync(KEY, calling(CompletableFuture.completedFuture("because")));
      assertThat(get(answer).value()).isEqualTo("because");
    }
  }

  @Test
  void answerAsync_onlyIfCachedOrNotCacheable_asInTheBlockingForm() throws Exception {
    try (var responses = fixture.builder().build()) {
      var only = responses.with(CallPolicy.DEFAULT.withOnlyIfCached());
      assertThat(failure(only.answerAsync(KEY, calling(new CompletableFuture<>()))))
          .isInstanceOf(NotCachedException.class);
      var uncached = responses.answerAsync(
          ResponseKey.notCacheable("test"), calling(CompletableFuture.completedFuture("because")));
      assertThat(get(uncached).outcome()).isEqualTo(Outcome.BYPASSED);
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> get(only.answerAsync(
              ResponseKey.notCacheable("test"), calling(new CompletableFuture<>()))))
          .withCauseInstanceOf(NotCachedException.class);
      assertThat(calls).hasValue(1);
    }
  }
}
