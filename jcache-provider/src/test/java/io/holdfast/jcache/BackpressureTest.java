package io.holdfast.jcache;

import static io.holdfast.store.Eventually.eventually;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Listeners that do not keep up: their events wait in a bounded number, and nobody waits for ever. */
@Timeout(120)
final class BackpressureTest {
  private static final int MAX = ListenerQueue.MAX_WAITING;

  @TempDir
  Path directory;

  /** As slow as a listener must be for a second call to meet the first. */
  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch mayListen = new CountDownLatch(1);

  @AfterEach
  void stopThreads() {
    mayListen.countDown();
    threads.shutdownNow();
  }

  private static void listen(
      Cache<Integer, Integer> cache,
      boolean synchronous,
      CacheEntryListener<Integer, Integer> listener) {
    cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
        () -> listener, null, /* isOldValueRequired= */ false, synchronous));
  }

  private static CacheEntryCreatedListener<Integer, Integer> onCreated(Consumer<Integer> onKey) {
    return events -> events.forEach(event -> onKey.accept(event.getKey()));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().collect(Collectors.toList());
  }

  @Test
  void asynchronousListener_slowerThanTheWriter_holdsItUpAndLosesNoEvent() throws Exception {
    try (var fixture = ManagerFixture.onHeap(directory)) {
      Cache<Integer, Integer> cache = fixture.cache("numbers", Integer.class, Integer.class);
      List<Integer> heard = new CopyOnWriteArrayList<>();
      listen(
          cache,
          /* synchronous= */ false,
          onCreated(key -> {
            await(mayListen);
            heard.add(key);
          }));
      AtomicInteger returned = new AtomicInteger();
      Thread writer = new Thread(() -> upTo(3 * MAX).forEach(key -> {
        cache.put(key, key);
        returned.incrementAndGet();
      }));
      writer.start();
      // The listener has one, as many as may wait do, and one more: its writer waits.
      eventually(
          "the writer waits",
          () -> returned.get() == MAX + 1 && writer.getState() == Thread.State.TIMED_WAITING);
      cache.get(0); // a reader does not
      mayListen.countDown();
      writer.join(60_000);
      eventually("what was announced is heard", () -> heard.size() == 3 * MAX);
      assertThat(heard).isEqualTo(upTo(3 * MAX));
    }
  }

  /** Its own thread must not wait for it, nor those of two that feed each other. */
  @Test
  void asynchronousListeners_writingToTheirCacheAndEachOthers_doNotWait() throws Exception {
    try (var fixture = ManagerFixture.onHeap(directory)) {
      Cache<Integer, Integer> one = fixture.cache("one", Integer.class, Integer.class);
      Cache<Integer, Integer> two = fixture.cache("two", Integer.class, Integer.class);
      Set<Integer> heard = ConcurrentHashMap.newKeySet();
      listen(
          one,
          /* synchronous= */ false,
          onCreated(key -> {
            await(mayListen);
            heard.add(key);
            if (key >= 0 && key < MAX) {
              one.put(-1 - key, 0);
              two.put(key, 0);
            }
          }));
      listen(
          two,
          /* synchronous= */ false,
          onCreated(key -> {
            await(mayListen);
            one.put(-1 - MAX - key, 0);
          }));
      Future<?> writing = threads.submit(() -> upTo(2 * MAX).forEach(key -> one.put(key, 0)));
      eventually("what was announced is heard", () -> one.containsKey(MAX + 1));
      mayListen.countDown();
      writing.get(60, SECONDS);
      eventually("what was announced is heard", () -> heard.size() == 4 * MAX);
    }
  }

  /** Under the lock of the outer key: a listener that wants that key would hold up its writer. */
  @Test
  void writer_insideAnEntryProcessor_waitsOnceTheProcessorsKeyIsFree() throws Exception {
    try (var fixture = ManagerFixture.onHeap(directory)) {
      Cache<Integer, Integer> outer = fixture.cache("outer", Integer.class, Integer.class);
      Cache<Integer, Integer> inner = fixture.cache("inner", Integer.class, Integer.class);
      AtomicInteger heard = new AtomicInteger();
      CountDownLatch processed = new CountDownLatch(1);
      listen(
          inner,
          /* synchronous= */ false,
          onCreated(key -> {
            await(processed);
            outer.put(1, key);
            heard.incrementAndGet();
          }));
      Future<?> invoking = threads.submit(() -> outer.invoke(1, (entry, arguments) -> {
        upTo(MAX + 10).forEach(key -> inner.put(key, 0));
        processed.countDown();
        return null;
      }));
      invoking.get(60, SECONDS);
      eventually("what was announced is heard", () -> heard.get() == MAX + 10);
    }
  }

  @Test
  void synchronousListener_ofManySweptEntries_isCalledInOneThread() throws Exception {
    MovingClock clock = new MovingClock();
    try (var fixture = ManagerFixture.onFile(directory, clock)) {
      Cache<Integer, Integer> cache = fixture
          .manager()
          .createCache(
              "numbers",
              new MutableConfiguration<Integer, Integer>()
                  .setTypes(Integer.class, Integer.class)
                  .setExpiryPolicyFactory(
                      CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_MINUTE)));
      upTo(200).forEach(key -> cache.put(key, key));
      AtomicInteger calls = new AtomicInteger();
      AtomicInteger atOnce = new AtomicInteger();
      AtomicInteger mostAtOnce = new AtomicInteger();
      CacheEntryExpiredListener<Integer, Integer> slow = events -> {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        events.forEach(event -> calls.incrementAndGet());
        LockSupport.parkNanos(PACE_NANOS);
        atOnce.decrementAndGet();
      };
      listen(cache, /* synchronous= */ true, slow);
      clock.advance(Duration.ofMinutes(1));
      eventually(
          "what was announced is heard",
          () -> calls.get() == 200); // the housekeeping thread is on its way
      assertThat(mostAtOnce.get()).isEqualTo(1);
    }
  }

  @Test
  void awaitRoom_queueThatNeverBecomesShorter_givesUpAndKeepsTheCalls() throws Exception {
    ListenerQueue queue = new ListenerQueue(threads, 2, Duration.ofMillis(50));
    List<Integer> called = new CopyOnWriteArrayList<>();
    Backpressure.enter();
    upTo(6)
        .forEach(number -> queue.add(() -> {
          await(mayListen);
          called.add(number);
        }));
    Backpressure.exit();
    assertThat(queue.size()).isGreaterThan(2);
    mayListen.countDown();
    eventually("what was announced is heard", () -> called.equals(upTo(6)));
  }

  @Test
  void awaitRoom_interrupted_goesOnAndStaysInterrupted() {
    ListenerQueue queue = new ListenerQueue(threads, 2, Duration.ofMinutes(10));
    Backpressure.enter();
    upTo(6).forEach(number -> queue.add(() -> await(mayListen)));
    Thread.currentThread().interrupt();
    Backpressure.exit();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void error_inAListener_doesNotSilenceItsQueue() throws Exception {
    ListenerQueue queue = new ListenerQueue(threads);
    CountDownLatch called = new CountDownLatch(1);
    queue.add(() -> {
      throw new NoClassDefFoundError("of a test; its stack trace in the log is expected");
    });
    queue.add(called::countDown);
    assertThat(called.await(30, SECONDS)).isTrue();
  }
}
