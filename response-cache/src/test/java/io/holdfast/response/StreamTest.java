package io.holdfast.response;

import static io.holdfast.response.CacheFixture.KEY;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers in pieces: heard as they arrive, stored whole or not at all, replayed as they were. */
@Timeout(60)
class StreamTest {

  private final CacheFixture fixture = new CacheFixture();
  private final AtomicInteger calls = new AtomicInteger();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Remembers what it hears. */
  private static class Ear implements StreamListener<String> {
    final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile @Nullable Answer<String> answer;
    private volatile @Nullable Throwable failure;

    @Override
    public void onChunk(String chunk) {
      heard.add(chunk);
    }

    @Override
    public void onComplete(Answer<String> complete) {
      answer = complete;
      end.countDown();
    }

    @Override
    public void onError(Throwable error) {
      failure = error;
      end.countDown();
    }

    Ear awaitEnd() throws InterruptedException {
      assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
      return this;
    }

    Outcome outcome() {
      Answer<String> complete = answer;
      assertThat(complete).as("failure: %s", failure).isNotNull();
      return complete.outcome();
    }
  }

  /** A call that a test leads through its stream. */
  private final class Upstream implements StreamSource<String> {
    private volatile @Nullable StreamSink<String> sink;
    private final AtomicBoolean stopped = new AtomicBoolean();

    @Override
    public void start(StreamSink<String> told) {
      calls.incrementAndGet();
      sink = told;
      told.onCancel(() -> stopped.set(true));
    }

    StreamSink<String> sink() {
      StreamSink<String> told = sink;
      assertThat(told).as("the call has been made").isNotNull();
      return told;
    }
  }

  private Ear streamed(Responses<String> responses, String... chunks) throws InterruptedException {
    var ear = new Ear();
    responses.stream(
        KEY,
        sink -> {
          calls.incrementAndGet();
          List.of(chunks).forEach(sink::chunk);
          sink.complete(String.join("", chunks));
        },
        ear);
    return ear.awaitEnd();
  }

  @Test
  void stream_completeUnstored_isHeardAndNotStored() throws Exception {
    var upstream = new Upstream();
    var ear = new Ear();
    try (var responses = fixture.builder().build()) {
      responses.stream(KEY, upstream, ear);
      upstream.sink().chunk("half");
      upstream.sink().completeUnstored("half");
      assertThat(ear.awaitEnd().heard).containsExactly("half");
      assertThat(ear.outcome()).isEqualTo(Outcome.MISS);
      assertThat(responses.find(KEY)).isEmpty();
      assertThat(responses.statistics().notStored()).containsEntry(NotStoredReason.REFUSED, 1L);
    }
  }

  @Test
  void stream_arrives_isHeardAtOnceAndStoredAtTheEnd() {
    var upstream = new Upstream();
    var ear = new Ear();
    try (var responses = fixture.builder().build()) {
      responses.stream(KEY, upstream, ear);
      upstream.sink().chunk("be");
      assertThat(ear.heard).containsExactly("be");
      upstream.sink().chunk("cause");
      assertThat(responses.find(KEY)).isEmpty();
      upstream.sink().complete("because");
      assertThat(ear.outcome()).isEqualTo(Outcome.MISS);
      assertThat(responses.find(KEY).orElseThrow().value()).isEqualTo("because");
    }
  }

  @Test
  void stream_hit_replaysTheOriginalChunks() throws Exception {
    try (var responses = fixture.builder().build()) {
      streamed(responses, "be", "", "cause");
      var replayed = streamed(responses, "never", "called");
      assertThat(replayed.heard).containsExactly("be", "", "cause");
      assertThat(replayed.outcome()).isEqualTo(Outcome.HIT);
      assertThat(calls).hasValue(1);
    }
  }

  /** A streamed answer serves a plain call, and the reverse. */
  @Test
  void stream_andPlainCall_shareTheirAnswers() throws Exception {
    var plain = ResponseKey.builder("test").part("plain", 1).build();
    try (var responses = fixture.builder().build()) {
      streamed(responses, "be", "cause");
      assertThat(responses.get(KEY, () -> "called again")).isEqualTo("because");
      responses.get(plain, () -> "in one piece");
      var ear = new Ear();
      responses.stream(plain, new Upstream(), ear);
      assertThat(ear.heard).containsExactly("in one piece");
      assertThat(ear.outcome()).isEqualTo(Outcome.HIT);
    }
  }

  @Test
  void stream_breaks_tellsSoAndStoresNothing() {
    var upstream = new Upstream();
    var ear = new Ear();
    var broken = new IOException("connection reset");
    try (var responses = fixture.builder().build()) {
      responses.stream(KEY, upstream, ear);
      upstream.sink().chunk("be");
      upstream.sink().fail(broken);
      upstream.sink().chunk("late");
      upstream.sink().complete("late");
      assertThat(ear.failure).isSameAs(broken);
      assertThat(ear.heard).containsExactly("be");
      assertThat(ear.answer).isNull();
      assertThat(fixture.cache()).isEmpty();
      assertThat(responses.statistics().inFlight()).isZero();
      assertThat(responses.statistics().computeFailures()).isEqualTo(1);
    }
  }

  @Test
  void stream_sourceThrows_isTheEnd() throws Exception {
    var ear = new Ear();
    try (var responses = fixture.builder().build()) {
      responses.stream(
          KEY,
          sink -> {
            throw new IOException("no connection");
          },
          ear);
      assertThat(ear.awaitEnd().failure).hasMessage("no connection");
      assertThat(responses.statistics().inFlight()).isZero();
    }
  }

  @Test
  void cancel_theOnlyListener_stopsTheCallAndStoresNothing() {
    var upstream = new Upstream();
    var ear = new Ear();
    try (var responses = fixture.builder().build()) {
      var handle = responses.stream(KEY, upstream, ear);
      upstream.sink().chunk("be");
      handle.cancel();
      handle.cancel();
      assertThat(upstream.stopped).isTrue();
      assertThat(upstream.sink().isCancelled()).isTrue();
      upstream.sink().chunk("cause");
      upstream.sink().complete("because");
      assertThat(ear.heard).containsExactly("be");
      assertThat(ear.answer).isNull();
      assertThat(fixture.cache()).isEmpty();
      assertThat(responses.statistics().inFlight()).isZero();
    }
  }

  @Test
  void stream_listenerThrows_countsAsCancelled() {
    var upstream = new Upstream();
    try (var responses = fixture.builder().build()) {
      responses.stream(KEY, upstream, new StreamListener<>() {
        @Override
        public void onChunk(String chunk) {
          throw new IllegalStateException("the browser is gone");
        }

        @Override
        public void onComplete(Answer<String> answer) {}

        @Override
        public void onError(Throwable failure) {}
      });
      upstream.sink().chunk("be");
      assertThat(upstream.stopped).isTrue();
      assertThat(fixture.cache()).isEmpty();
    }
  }

  @Test
  void stream_followersOfARunningOne_hearAllChunksAndTheEnd() throws Exception {
    var upstream = new Upstream();
    var ears = new ArrayList<Ear>();
    try (var responses = fixture.builder().build()) {
      responses.stream(KEY, upstream, new Ear());
      for (int i = 0; i < 200; i++) {
        upstream.sink().chunk(i + " ");
        if (i % 10 == 0) {
          var ear = new Ear();
          ears.add(ear);
          responses.stream(KEY, new Upstream(), ear);
        }
      }
      var plain = responses.answerAsync(KEY, () -> {
        throw new AssertionError("must not be called");
      });
      upstream.sink().complete("all");
      for (Ear ear : ears) {
        assertThat(ear.awaitEnd().outcome()).isEqualTo(Outcome.COALESCED);
        assertThat(ear.heard).hasSize(200).startsWith("0 ", "1 ").endsWith("199 ");
      }
      assertThat(plain.get(30, TimeUnit.SECONDS).value()).isEqualTo("all");
      assertThat(calls).hasValue(1);
    }
  }

  /** One who reads slowly holds up nobody: neither the call, nor others, nor the one who came first. */
  @Test
  void stream_slowFollower_holdsUpNobody() throws Exception {
    var upstream = new Upstream();
    var slowMayGoOn = new CountDownLatch(1);
    var first = new Ear();
    Ear slow = new Ear() {
      @Override
      public void onChunk(String chunk) {
        try {
          slowMayGoOn.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        super.onChunk(chunk);
      }
    };
    Executor threads = work -> new Thread(work).start();
    try (var responses = fixture.builder().streamExecutor(threads).build()) {
      responses.stream(KEY, upstream, first);
      responses.stream(KEY, new Upstream(), slow);
      upstream.sink().chunk("be");
      upstream.sink().chunk("cause");
      upstream.sink().complete("because");
      assertThat(first.outcome()).isEqualTo(Outcome.MISS);
      assertThat(slow.heard).isEmpty();
      slowMayGoOn.countDown();
      assertThat(slow.awaitEnd().heard).containsExactly("be", "cause");
    }
  }

  @Test
  void cancel_theFirstListener_othersHearTheRestAndItIsStored() throws Exception {
    var upstream = new Upstream();
    var first = new Ear();
    var second = new Ear();
    try (var responses = fixture.builder().streamExecutor(Runnable::run).build()) {
      var handle = responses.stream(KEY, upstream, first);
      upstream.sink().chunk("be");
      responses.stream(KEY, new Upstream(), second);
      handle.cancel();
      assertThat(upstream.stopped).isFalse();
      upstream.sink().chunk("cause");
      upstream.sink().complete("because");
      assertThat(second.awaitEnd().heard).containsExactly("be", "cause");
      assertThat(first.heard).containsExactly("be");
      assertThat(responses.find(KEY)).isPresent();
    }
  }

  @Test
  void cancel_allListeners_stopsTheCall() {
    var upstream = new Upstream();
    try (var responses = fixture.builder().build()) {
      var one = responses.stream(KEY, upstream, new Ear());
      var two = responses.stream(KEY, new Upstream(), new Ear());
      one.cancel();
      assertThat(upstream.stopped).isFalse();
      two.cancel();
      assertThat(upstream.stopped).isTrue();
      assertThat(responses.statistics().inFlight()).isZero();
    }
  }

  @Test
  void stream_callCancelledUpstream_whoHeardNothingTakesOverAndOthersAreTold() throws Exception {
    var upstream = new Upstream();
    var heard = new Ear();
    try (var responses = fixture.builder().streamExecutor(Runnable::run).build()) {
      responses.stream(KEY, upstream, new Ear());
      upstream.sink().chunk("be");
      responses.stream(KEY, new Upstream(), heard);
      upstream.sink().fail(new CancellationException("server shuts down"));
      assertThat(heard.awaitEnd().failure).isInstanceOf(CancellationException.class);

      var next = new Upstream();
      var fresh = new Ear();
      responses.stream(KEY, next, new Ear());
      var takeover = new Upstream();
      responses.stream(KEY, takeover, fresh);
      next.sink().fail(new CancellationException("again"));
      Await.until("the follower calls itself", () -> takeover.sink != null);
      takeover.sink().complete("taken over");
      assertThat(fresh.awaitEnd().outcome()).isEqualTo(Outcome.MISS);
    }
  }

  @Test
  void stream_longerThanAllowed_isDeliveredAndNotStored() throws Exception {
    try (var responses = fixture.builder().maxStreamCharacters(6).build()) {
      assertThat(streamed(responses, "be", "cause").heard).containsExactly("be", "cause");
      assertThat(fixture.cache()).isEmpty();
      assertThat(responses.statistics().notStored()).containsEntry(NotStoredReason.TOO_LARGE, 1L);
    }
  }

  @Test
  void stream_replayPace_keepsThePausesOfTheOriginal() throws Exception {
    var upstream = new Upstream();
    try (var responses = fixture.builder().replayPace(0.5).build()) {
      responses.stream(KEY, upstream, new Ear());
      upstream.sink().chunk("be");
      fixture.clock.advance(ofMillis(400));
      upstream.sink().chunk("cause");
      upstream.sink().complete("because");
      var ear = new Ear();
      long startNanos = System.nanoTime();
      responses.stream(KEY, new Upstream(), ear);
      assertThat(ear.awaitEnd().heard).containsExactly("be", "cause");
      assertThat(System.nanoTime() - startNanos)
          .isGreaterThanOrEqualTo(ofMillis(200).toNanos());
    }
    assertThatIllegalArgumentException().isThrownBy(() -> fixture.builder().replayPace(-1));
  }

  @Test
  void stream_uncacheableOrForbidden_asInThePlainForm() {
    var upstream = new Upstream();
    var ear = new Ear();
    var refused = new Ear();
    try (var responses = fixture.builder().build()) {
      responses.stream(ResponseKey.notCacheable("test"), upstream, ear);
      upstream.sink().chunk("be");
      upstream.sink().complete("be");
      assertThat(ear.heard).containsExactly("be");
      assertThat(ear.outcome()).isEqualTo(Outcome.BYPASSED);
      responses.with(CallPolicy.DEFAULT.withOnlyIfCached()).stream(KEY, new Upstream(), refused);
      assertThat(refused.failure).isInstanceOf(NotCachedException.class);
    }
  }

  @Test
  void stream_cacheFails_isDeliveredNevertheless() throws Exception {
    var faulty = new FaultyCache(fixture.cache());
    faulty.everythingFails(true);
    try (var responses = fixture.builder(faulty.view()).build()) {
      assertThat(streamed(responses, "be", "cause").heard).containsExactly("be", "cause");
    }
  }

  @Test
  void chunks_writtenAndRead_areTheSame() {
    var chunks = List.of(new Chunk("be", 12), new Chunk("", 0), new Chunk("cause\n", 3));
    assertThat(Chunk.write(chunks, "because\n")).isEqualTo("2@12,0@0,6@3");
    for (String payload : List.of("because\n", "{\"another\": \"form\"}")) {
      var response = CachedResponse.of(
          "text", payload, 1, 2, 3, null, Chunk.write(chunks, payload), null, null, null);
      var read = ResponseText.decode(ResponseText.encode(response));
      assertThat(read).isEqualTo(response);
      assertThat(read.isIntact()).isTrue();
      assertThat(Chunk.read(read.chunks(), read.payload())).isEqualTo(chunks);
    }
  }
}
