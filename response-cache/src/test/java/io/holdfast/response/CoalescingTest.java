package io.holdfast.response;

import static io.holdfast.response.CacheFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One computation per key, however many threads ask, however it ends. */
@Timeout(60)
class CoalescingTest {

  private static final ResponseKey OTHER =
      ResponseKey.builder("test").part("question", "how").build();

  private final CacheFixture fixture = new CacheFixture();
  private final List<Asking<?>> started = new ArrayList<>();

  @AfterEach
  void close() throws InterruptedException {
    for (Asking<?> asking : started) {
      asking.thread.interrupt();
      asking.thread.join(TimeUnit.SECONDS.toMillis(30));
      assertThat(asking.thread.isAlive()).isFalse();
    }
    fixture.close();
  }

  /** A thread that asks, and what came of it. */
  private record Asking<T>(Thread thread, FutureTask<T> result) {
    T get() throws Exception {
      return result.get(30, TimeUnit.SECONDS);
    }

    Throwable failure() throws Exception {
      try {
        throw new AssertionError("answered: " + get());
      } catch (ExecutionException e) {
        return e.getCause();
      }
    }
  }

  private <T> Asking<T> start(Callable<T> question) {
    var task = new FutureTask<>(question);
    var asking = new Asking<>(new Thread(task, "asking-" + started.size()), task);
    started.add(asking);
    asking.thread.start();
    return asking;
  }

  private List<Asking<Answer<String>>> followers(
      int count, ResponseCache<String> responses, Computation<String, IOException> computation) {
    var followers = new ArrayList<Asking<Answer<String>>>();
    for (int i = 0; i < count; i++) {
      followers.add(start(() -> responses.answer(KEY, computation)));
    }
    followers.forEach(follower -> Await.waiting(follower.thread));
    return followers;
  }

  /** A call that begins, and ends when told. */
  private static final class Gate {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger passes = new AtomicInteger();

    String pass(String answer) throws InterruptedIOException {
      passes.incrementAndGet();
      entered.countDown();
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException("cancelled");
      }
      return answer;
    }

    void awaitEntered() throws InterruptedException {
      assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void answer_hundredThreads_oneComputation() throws Exception {
    var gate = new Gate();
    try (var responses = fixture.builder().build()) {
      var leader = start(() -> responses.answer(KEY, () -> gate.pass("because")));
      gate.awaitEntered();
      var followers = followers(99, responses, () -> gate.pass("computed twice"));
      assertThat(responses.statistics().inFlight()).isEqualTo(1);
      gate.open.countDown();

      assertThat(leader.get().outcome()).isEqualTo(Outcome.MISS);
      for (var follower : followers) {
        assertThat(follower.get().value()).isEqualTo("because");
        assertThat(follower.get().outcome()).isEqualTo(Outcome.COALESCED);
      }
      assertThat(gate.passes).hasValue(1);
      assertThat(responses.statistics().coalesced()).isEqualTo(99);
      assertThat(responses.statistics().stored()).isEqualTo(1);
      assertThat(responses.statistics().inFlight()).isZero();
    }
  }

  /** Late callers fall into the gap between a look-up that missed and the end of the flight. */
  @Test
  void answer_callersWithoutPause_neverComputeTwice() throws Exception {
    int keys = 200;
    var computations = new AtomicInteger();
    try (var responses = fixture.builder().build()) {
      var askers = new ArrayList<Asking<Void>>();
      for (int thread = 0; thread < 8; thread++) {
        askers.add(start(() -> {
          for (int i = 0; i < keys; i++) {
            var key = ResponseKey.builder("race").part("i", i).build();
            assertThat(responses.get(key, () -> "answer " + computations.incrementAndGet()))
                .startsWith("answer ");
          }
          return null;
        }));
      }
      for (var asker : askers) {
        asker.get();
      }
      assertThat(computations).hasValue(keys);
    }
  }

  @Test
  void answer_leaderFails_allGetItsFailureAndTheNextCallComputes() throws Exception {
    var gate = new Gate();
    var failure = new IOException("upstream is down");
    try (var responses = fixture.builder().build()) {
      var leader = start(() -> responses.answer(KEY, () -> {
        gate.pass("");
        throw failure;
      }));
      gate.awaitEntered();
      var followers = followers(10, responses, () -> gate.pass("no retry storm"));
      gate.open.countDown();

      assertThat(leader.failure()).isSameAs(failure);
      for (var follower : followers) {
        assertThat(follower.failure()).isSameAs(failure);
      }
      assertThat(gate.passes).hasValue(1);
      assertThat(responses.answer(KEY, () -> "up again").outcome()).isEqualTo(Outcome.MISS);
    }
  }

  @Test
  void answer_leaderInterrupted_aFollowerTakesOver() throws Exception {
    var cancelled = new Gate();
    var second = new Gate();
    second.open.countDown();
    try (var responses = fixture.builder().build()) {
      var leader = start(() -> responses.answer(KEY, () -> {
        try {
          return cancelled.pass("never");
        } catch (InterruptedIOException e) {
          // As a well-behaved client does.
          Thread.currentThread().interrupt();
          throw e;
        }
      }));
      cancelled.awaitEntered();
      var followers = followers(10, responses, () -> second.pass("taken over"));
      leader.thread.interrupt();

      assertThat(leader.failure()).isInstanceOf(InterruptedIOException.class);
      for (var follower : followers) {
        assertThat(follower.get().value()).isEqualTo("taken over");
      }
      assertThat(second.passes).hasValue(1);
    }
  }

  @Test
  void answer_followerInterrupted_givesUpAloneWithItsFlagSet() throws Exception {
    var gate = new Gate();
    try (var responses = fixture.builder().build()) {
      var leader = start(() -> responses.answer(KEY, () -> gate.pass("because")));
      gate.awaitEntered();
      var follower = start(() -> {
        try {
          return "answered: " + responses.get(KEY, () -> "own");
        } catch (CoalescedWaitException e) {
          assertThat(e).hasCauseInstanceOf(InterruptedException.class);
          return "interrupted: " + Thread.interrupted();
        }
      });
      Await.waiting(follower.thread);
      follower.thread.interrupt();
      assertThat(follower.get()).isEqualTo("interrupted: true");

      gate.open.countDown();
      assertThat(leader.get().value()).isEqualTo("because");
    }
  }

  @Test
  void answer_followerOutOfTime_givesUpAndTheLeaderGoesOn() throws Exception {
    var gate = new Gate();
    try (var responses = fixture.builder().maxWait(Duration.ofMillis(20)).build()) {
      var leader = start(() -> responses.answer(KEY, () -> gate.pass("because")));
      gate.awaitEntered();
      assertThatExceptionOfType(CoalescedWaitException.class)
          .isThrownBy(() -> responses.get(KEY, () -> "own"))
          .withCauseInstanceOf(TimeoutException.class);
      gate.open.countDown();
      assertThat(leader.get().value()).isEqualTo("because");
      assertThat(responses.answer(KEY, () -> "own").outcome()).isEqualTo(Outcome.HIT);
    }
  }

  @Test
  void answer_computationAsksForItsOwnKey_failsClearlyInsteadOfWaitingForEver() {
    try (var responses = fixture.builder().build()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> responses.get(KEY, () -> responses.get(KEY, () -> "inner")))
          .withMessageContaining("for the key it is computing");
      assertThat(responses.get(KEY, () -> "later")).isEqualTo("later");
    }
  }

  @Test
  void answer_computationAsksForAnotherKey_isFine() {
    try (var responses = fixture.builder().build()) {
      assertThat(responses.get(KEY, () -> "outer, " + responses.get(OTHER, () -> "inner")))
          .isEqualTo("outer, inner");
    }
  }

  @Test
  void answer_twoComputationsAskForEachOther_atLeastOneIsRefusedAndNoneHangs() throws Exception {
    var bothRun = new CountDownLatch(2);
    try (var responses = fixture.builder().build()) {
      var one = start(() -> responses.answer(KEY, () -> {
        bothRun.countDown();
        bothRun.await();
        return responses.get(OTHER, () -> "inner");
      }));
      var two = start(() -> responses.answer(OTHER, () -> {
        bothRun.countDown();
        bothRun.await();
        return responses.get(KEY, () -> "inner");
      }));
      // Whoever was refused fails, and the other one, who waited for it, with the same exception.
      assertThat(one.failure()).isInstanceOf(IllegalStateException.class);
      assertThat(two.failure()).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void answer_keysDiffer_doNotWaitForEachOther() throws Exception {
    var gate = new Gate();
    try (var responses = fixture.builder().build()) {
      var slow = start(() -> responses.answer(KEY, () -> gate.pass("slow")));
      gate.awaitEntered();
      assertThat(responses.get(OTHER, () -> "fast")).isEqualTo("fast");
      gate.open.countDown();
      assertThat(slow.get().value()).isEqualTo("slow");
    }
  }
}
