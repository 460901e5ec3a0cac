package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many questions at once: each key once, and what is missing by one call. */
@Timeout(60)
class BatchTest {

  private final CacheFixture fixture = new CacheFixture();
  private final List<List<String>> calls = new ArrayList<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static ResponseKey keyOf(String question) {
    return question.startsWith("uncacheable")
        ? ResponseKey.notCacheable("test")
        : ResponseKey.builder("test")
            .part("q", question.toLowerCase(java.util.Locale.ROOT))
            .build();
  }

  private Map<String, String> upstream(List<String> questions) {
    calls.add(questions);
    var answers = new HashMap<String, String>();
    questions.forEach(question -> answers.put(question, "to " + question));
    return answers;
  }

  private static List<String> values(Map<String, Answer<String>> answers) {
    return answers.values().stream().map(Answer::value).toList();
  }

  @Test
  void answerAll_someStored_computesTheRestInOneCallAndKeepsTheOrder() {
    try (var responses = fixture.builder().build()) {
      responses.get(keyOf("b"), () -> "stored");
      var answers =
          responses.answerAll(List.of("a", "b", "c", "a"), BatchTest::keyOf, this::upstream);
      assertThat(values(answers)).containsExactly("to a", "stored", "to c");
      assertThat(calls).containsExactly(List.of("a", "c"));
      assertThat(answers.get("b").outcome()).isEqualTo(Outcome.HIT);
      assertThat(answers.get("c").outcome()).isEqualTo(Outcome.MISS);

      responses.answerAll(List.of("a", "b", "c"), BatchTest::keyOf, this::upstream);
      assertThat(calls).hasSize(1);
    }
  }

  @Test
  void answerAll_questionsOfOneKey_areAskedOnce() {
    try (var responses = fixture.builder().build()) {
      var answers = responses.answerAll(List.of("a", "A"), BatchTest::keyOf, this::upstream);
      assertThat(calls).containsExactly(List.of("a"));
      assertThat(values(answers)).containsExactly("to a", "to a");
    }
  }

  @Test
  void answerAll_uncacheableQuestion_joinsTheCallAndIsNotStored() {
    try (var responses = fixture.builder().build()) {
      var answers =
          responses.answerAll(List.of("uncacheable", "a"), BatchTest::keyOf, this::upstream);
      assertThat(calls).hasSize(1);
      assertThat(answers.get("uncacheable").outcome()).isEqualTo(Outcome.BYPASSED);
      assertThat(responses.statistics().stored()).isEqualTo(1);
    }
  }

  @Test
  void answerAll_nothingAsked_callsNobody() {
    try (var responses = fixture.builder().build()) {
      assertThat(responses.answerAll(List.<String>of(), BatchTest::keyOf, this::upstream))
          .isEmpty();
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void answerAll_callFails_failsAsItDidAndLetsGo() {
    try (var responses = fixture.builder().build()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> responses.answerAll(List.of("a", "b"), BatchTest::keyOf, missing -> {
            throw new IOException("down");
          }));
      assertThat(responses.statistics().inFlight()).isZero();
      assertThat(values(responses.answerAll(List.of("a"), BatchTest::keyOf, this::upstream)))
          .containsExactly("to a");
    }
  }

  @Test
  void answerAll_questionLeftUnanswered_isRefusedAndNothingIsStored() {
    try (var responses = fixture.builder().build()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> responses.answerAll(
              List.of("a", "b"), BatchTest::keyOf, missing -> Map.of("a", "alone")))
          .withMessageContaining("every question");
      assertThat(fixture.cache()).isEmpty();
      assertThat(responses.statistics().inFlight()).isZero();
    }
  }

  @Test
  void answerAll_cacheFails_theCallAnswersNevertheless() {
    var faulty = new FaultyCache(fixture.cache());
    faulty.everythingFails(true);
    try (var responses = fixture.builder(faulty.view()).build()) {
      assertThat(values(responses.answerAll(List.of("a", "b"), BatchTest::keyOf, this::upstream)))
          .containsExactly("to a", "to b");
    }
  }

  /** Two batches that overlap crosswise: each computes its own part first, so neither waits for ever. */
  @Test
  void answerAll_overlapsWithAnotherBatch_eachKeyIsComputedOnce() throws Exception {
    var firstRuns = new CountDownLatch(1);
    var secondAsked = new CountDownLatch(1);
    var executor = Executors.newFixedThreadPool(2);
    try (var responses = fixture.builder().build()) {
      var first = executor.submit(
          () -> responses.answerAll(List.of("a", "b"), BatchTest::keyOf, missing -> {
            firstRuns.countDown();
            secondAsked.await();
            return upstream(missing);
          }));
      firstRuns.await();
      var second = executor.submit(
          () -> responses.answerAll(List.of("b", "c", "a"), BatchTest::keyOf, missing -> {
            secondAsked.countDown();
            return upstream(missing);
          }));
      assertThat(values(first.get(30, TimeUnit.SECONDS))).containsExactly("to a", "to b");
      assertThat(values(second.get(30, TimeUnit.SECONDS))).containsExactly("to b", "to c", "to a");
      assertThat(calls).containsExactlyInAnyOrder(List.of("a", "b"), List.of("c"));
    } finally {
      executor.shutdownNow();
    }
  }

  /** What another call was computing and gave up is asked for again. */
  @Test
  void answerAll_otherCallCancelled_isAskedAgain() throws Exception {
    var runs = new CountDownLatch(1);
    var asked = new CountDownLatch(1);
    var executor = Executors.newSingleThreadExecutor();
    try (var responses = fixture.builder().build()) {
      var cancelled = executor.submit(() -> responses.get(keyOf("a"), () -> {
        runs.countDown();
        asked.await();
        throw new InterruptedException("cancelled");
      }));
      runs.await();
      var answers = responses.answerAll(List.of("b", "a"), BatchTest::keyOf, missing -> {
        asked.countDown();
        return upstream(missing);
      });
      assertThat(values(answers)).containsExactly("to b", "to a");
      assertThat(calls).containsExactly(List.of("b"), List.of("a"));
      assertThat(cancelled).isNotNull();
    } finally {
      executor.shutdownNow();
    }
  }
}
