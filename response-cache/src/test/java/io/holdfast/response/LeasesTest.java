package io.holdfast.response;

import static io.holdfast.response.CacheFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.jcache.Leases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over a cache in a file, response caches that know nothing of each other make one call. */
@Timeout(60)
class LeasesTest {

  @TempDir
  Path directory;

  private final AtomicInteger calls = new AtomicInteger();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private CacheManager manager;
  private Cache<String, CachedResponse> cache;

  @BeforeEach
  void open() {
    manager = AskingProcess.open(directory.resolve("answers.db"));
    cache = AskingProcess.cache(manager);
  }

  @AfterEach
  void close() {
    executor.shutdownNow();
    manager.close();
  }

  @Test
  void answer_otherCacheIsCalling_waitsForItsAnswer() throws Exception {
    var runs = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    try (var one = ResponseCache.over(cache).build();
        var two = ResponseCache.over(cache).build()) {
      var first = executor.submit(() -> one.answer(KEY, () -> {
        runs.countDown();
        go.await();
        return "call " + calls.incrementAndGet();
      }));
      runs.await();
      var second = executor.submit(() -> two.answer(KEY, () -> "call " + calls.incrementAndGet()));
      var batch = executor.submit(
          () -> two.answerAll(List.of(KEY), key -> key, missing -> Map.of(KEY, "batch")));
      Await.until("a follower has asked", () -> two.statistics().inFlight() > 0);
      go.countDown();
      assertThat(first.get(30, TimeUnit.SECONDS).value()).isEqualTo("call 1");
      assertThat(second.get(30, TimeUnit.SECONDS).value()).isEqualTo("call 1");
      assertThat(batch.get(30, TimeUnit.SECONDS).get(KEY).value()).isEqualTo("call 1");
    }
  }

  @Test
  void answer_withoutLeases_callsForItself() throws Exception {
    try (var one = ResponseCache.over(cache).build();
        var two = ResponseCache.over(cache).withoutLeases().build()) {
      assertThat(one.get(KEY, () -> two.get(KEY, () -> "call " + calls.incrementAndGet())))
          .isEqualTo("call 1");
    }
  }

  @Test
  void answer_otherTakesLongerThanMaxWait_callsForItself() throws Exception {
    try (var one = ResponseCache.over(cache).build();
        var two = ResponseCache.over(cache).maxWait(Duration.ofMillis(50)).build()) {
      assertThat(one.get(KEY, () -> two.get(KEY, () -> "impatient"))).isEqualTo("impatient");
      assertThat(two.statistics().misses()).isEqualTo(1);
    }
  }

  @Test
  void answer_callFails_theLeaseIsFreeAtOnce() throws Exception {
    try (var responses = ResponseCache.over(cache).build()) {
      try {
        responses.get(KEY, () -> {
          throw new IllegalStateException("down");
        });
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("down");
      }
      assertThat(tryAcquire()).isPresent();
    }
  }

  @Test
  void answer_expired_isCountedOnceThoughItIsLookedAtTwice() throws Exception {
    var clock = new ManualClock();
    try (var responses =
        ResponseCache.over(cache).clock(clock).timeToLive(Duration.ofMinutes(1)).build()) {
      responses.get(KEY, () -> "old");
      clock.advance(Duration.ofMinutes(2));
      assertThat(responses.get(KEY, () -> "new")).isEqualTo("new");
      assertThat(responses.statistics().expired()).isEqualTo(1);
    }
  }

  @Test
  void answer_stored_theLeaseIsFree() throws Exception {
    try (var responses = ResponseCache.over(cache).build()) {
      responses.get(KEY, () -> "because");
      assertThat(tryAcquire()).isPresent();
    }
  }

  /** Whoever took over has the newer answer; the late one must not overwrite it. */
  @Test
  void answer_leaseLostMeanwhile_isHandedOutAndNotStored() {
    try (var responses = ResponseCache.over(cache).build()) {
      String answer = responses.get(KEY, () -> {
        cache.clear(); // ends all leases
        return "late";
      });
      assertThat(answer).isEqualTo("late");
      assertThat(cache.get(KEY.toString())).isNull();
      assertThat(responses.statistics().notStored())
          .containsEntry(NotStoredReason.CACHE_FAILURE, 1L);
    }
  }

  @Test
  void answer_cacheHasNoLeases_worksAsBefore() {
    try (var fixture = new CacheFixture();
        var responses = fixture.builder().build()) {
      assertThat(responses.get(KEY, () -> "because")).isEqualTo("because");
    }
  }

  @SuppressWarnings("unchecked") // of the cache's own types
  private Optional<?> tryAcquire() {
    Leases<String, CachedResponse> leases = cache.unwrap(Leases.class);
    return leases.tryAcquire(KEY.toString(), Duration.ofSeconds(1));
  }
}
