package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many questions at once for a client that answers with futures. */
@Timeout(60)
class AsyncBatchTest {

  private static ResponseKey keyOf(String question) {
    return ResponseKey.builder("test").part("question", question).build();
  }

  private final CacheFixture fixture = new CacheFixture();
  private final List<List<String>> calls = new ArrayList<>();
  private final List<CompletableFuture<Map<String, String>>> upstream = new ArrayList<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  private CompletableFuture<Map<String, String>> call(List<String> questions) {
    calls.add(questions);
    upstream.add(new CompletableFuture<>());
    return upstream.get(upstream.size() - 1);
  }

  private void end(int call) {
    var answers = new HashMap<String, String>();
    calls.get(call).forEach(question -> answers.put(question, question + "!"));
    upstream.get(call).complete(answers);
  }

  private CompletableFuture<Map<String, Answer<String>>> ask(
      Responses<String> responses, String... questions) {
    return responses.answerAllAsync(List.of(questions), AsyncBatchTest::keyOf, this::call);
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
  void answerAllAsync_someKnown_asksForTheOthersInOneCall() throws Exception {
    try (var responses = fixture.builder().build()) {
      responses.get(keyOf("b"), () -> "known");
      var asked = ask(responses, "a", "b", "c", "a");
      assertThat(calls).containsExactly(List.of("a", "c"));
      assertThat(asked).isNotDone();
      end(0);
      assertThat(get(asked).keySet()).containsExactly("a", "b", "c");
      assertThat(get(asked).values())
          .extracting(Answer::value)
          .containsExactly("a!", "known", "c!");
      assertThat(get(asked).values())
          .extracting(Answer::outcome)
          .containsExactly(Outcome.MISS, Outcome.HIT, Outcome.MISS);
      assertThat(get(ask(responses, "a", "b", "c"))).hasSize(3);
      assertThat(calls).hasSize(1);
      assertThat(responses.statistics().inFlight()).isZero();
    }
  }

  @Test
  void answerAllAsync_twoBatchesAtOnce_eachQuestionIsAskedOnce() throws Exception {
    try (var responses = fixture.builder().build()) {
      var first = ask(responses, "a", "b");
      var second = ask(responses, "b", "c");
      assertThat(calls).containsExactly(List.of("a", "b"), List.of("c"));
      end(1);
      assertThat(second).isNotDone();
      end(0);
      assertThat(get(first)).hasSize(2);
      assertThat(get(second).get("b").outcome()).isEqualTo(Outcome.COALESCED);
      assertThat(get(second).get("b").value()).isEqualTo("b!");
    }
  }

  /** What two callers saved is not more than what the call took. */
  @Test
  void answerAllAsync_timeOfTheCall_isSplitAmongItsAnswers() throws Exception {
    try (var responses = fixture.builder().build()) {
      var asked = ask(responses, "a", "b", "c", "d");
      fixture.clock.advance(Duration.ofMillis(400));
      end(0);
      assertThat(get(asked).values()).extracting(Answer::computeMillis).containsOnly(100L);
      assertThat(responses.statistics().computeMillis()).isEqualTo(400);
    }
  }

  @Test
  void answerAllAsync_callFails_allFailAndTheNextOneAsksAgain() throws Exception {
    try (var responses = fixture.builder().build()) {
      var asked = ask(responses, "a", "b");
      upstream.get(0).completeExceptionally(new IOException("gone"));
      assertThat(failure(asked)).isInstanceOf(IOException.class).hasMessage("gone");
      var again = ask(responses, "a", "b");
      end(1);
      assertThat(get(again)).hasSize(2);
    }
  }

  @Test
  void answerAllAsync_startThrows_allFailAndNobodyWaits() throws Exception {
    try (var responses = fixture.builder().build()) {
      var asked = responses.answerAllAsync(List.of("a", "b"), AsyncBatchTest::keyOf, questions -> {
        throw new IllegalArgumentException("no such model");
      });
      assertThat(failure(asked)).hasMessage("no such model");
      assertThat(responses.statistics().inFlight()).isZero();
    }
  }

  @Test
  void answerAllAsync_oneQuestionUnanswered_thatOneFailsAndTheOthersAreStored() throws Exception {
    try (var responses = fixture.builder().build()) {
      var asked = ask(responses, "a", "b");
      upstream.get(0).complete(Map.of("a", "a!"));
      assertThat(failure(asked))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("it answered 1");
      assertThat(responses.find(keyOf("a"))).isPresent();
      assertThat(responses.find(keyOf("b"))).isEmpty();
    }
  }

  @Test
  void answerAllAsync_onlyIfCached_failsWithoutACall() throws Exception {
    try (var responses = fixture.builder().build()) {
      responses.get(keyOf("a"), () -> "known");
      var only = responses.with(CallPolicy.DEFAULT.withOnlyIfCached());
      assertThat(get(ask(only, "a"))).hasSize(1);
      assertThat(failure(ask(only, "a", "b"))).isInstanceOf(NotCachedException.class);
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void answerAllAsync_notCacheable_goesIntoTheCallAndIsNotStored() throws Exception {
    try (var responses = fixture.builder().build()) {
      Function<String, ResponseKey> keyOf = question -> ResponseKey.builder("test")
          .part("question", question.equals("b") ? new Object() : question)
          .build();
      var asked = responses.answerAllAsync(List.of("a", "b"), keyOf, this::call);
      assertThat(calls).containsExactly(List.of("a", "b"));
      end(0);
      assertThat(get(asked).get("b").outcome()).isEqualTo(Outcome.BYPASSED);
      assertThat(responses.statistics().stored()).isEqualTo(1);
    }
  }

  @Test
  void answerAllAsync_nothing_isNothing() throws Exception {
    try (var responses = fixture.builder().build()) {
      assertThat(get(ask(responses))).isEmpty();
      assertThat(calls).isEmpty();
    }
  }
}
