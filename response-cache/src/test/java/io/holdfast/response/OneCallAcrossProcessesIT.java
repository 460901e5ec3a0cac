package io.holdfast.response;

import static io.holdfast.response.CacheFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one cache file ask the same: one of them calls. */
@Timeout(120)
class OneCallAcrossProcessesIT {

  @TempDir
  Path directory;

  private final AtomicInteger ownCalls = new AtomicInteger();
  private CacheManager manager;
  private ResponseCache<String> responses;
  private OtherProcess child;

  @BeforeEach
  void childIsCalling() throws Exception {
    Path file = directory.resolve("answers.db");
    manager = AskingProcess.open(file);
    responses = ResponseCache.over(AskingProcess.cache(manager))
        .lease(AskingProcess.LEASE)
        .build();
    child = OtherProcess.start(AskingProcess.class, file);
    assertThat(child.hear()).isEqualTo("calling");
  }

  @AfterEach
  void close() {
    child.close();
    responses.close();
    manager.close();
  }

  private FutureTask<Answer<String>> askAndWait() {
    var ask = new FutureTask<>(
        () -> responses.answer(KEY, () -> "called here " + ownCalls.incrementAndGet()));
    var thread = new Thread(ask, "waits for the other process");
    thread.start();
    Await.until(
        "the caller waits", () -> thread.getState() == Thread.State.TIMED_WAITING || ask.isDone());
    return ask;
  }

  private void childAnswers(String value) throws Exception {
    child.tell(value);
    assertThat(child.hear()).isEqualTo("MISS " + value);
  }

  @Test
  void answer_whileAnotherProcessCalls_takesItsAnswer() throws Exception {
    var ask = askAndWait();

    childAnswers("called there");

    Answer<String> answer = ask.get(60, TimeUnit.SECONDS);
    assertThat(answer.value()).isEqualTo("called there");
    assertThat(answer.isComputed()).isFalse();
    assertThat(ownCalls).hasValue(0);
  }

  @Test
  void answer_whenTheCallingProcessIsKilled_callsAfterItsLease() throws Exception {
    var ask = askAndWait();

    child.kill();

    assertThat(ask.get(60, TimeUnit.SECONDS).value()).isEqualTo("called here 1");
    assertThat(responses.find(KEY)).isPresent();
  }

  /** The lease is prolonged while its process runs: a call may take as long as it likes. */
  @Test
  void answer_whileAnotherProcessCallsForLongerThanItsLease_goesOnWaiting() throws Exception {
    var ask = askAndWait();

    assertThat(child.endsWithin(AskingProcess.LEASE.multipliedBy(2)))
        .as("the child is still calling")
        .isFalse();
    assertThat(ask).isNotDone();
    childAnswers("called late");

    assertThat(ask.get(60, TimeUnit.SECONDS).value()).isEqualTo("called late");
    assertThat(ownCalls).hasValue(0);
  }

  @Test
  void answerAsyncAndAll_whileAnotherProcessCalls_takeItsAnswerToo() throws Exception {
    var async = responses.answerAsync(KEY, () -> {
      throw new AssertionError("must not be called");
    });
    var other = ResponseKey.builder("test").part("question", "else").build();
    var all = new FutureTask<>(
        () -> responses.answerAll(List.of(other), key -> key, missing -> Map.of(other, "else")));
    all.run();
    assertThat(all.get().get(other).outcome()).isEqualTo(Outcome.MISS);
    assertThat(async).isNotDone();

    childAnswers("called there");

    assertThat(async.get(60, TimeUnit.SECONDS).value()).isEqualTo("called there");
    assertThat(responses
            .answerAll(List.of(KEY), key -> key, missing -> Map.of(KEY, "own"))
            .get(KEY)
            .value())
        .isEqualTo("called there");
  }
}
