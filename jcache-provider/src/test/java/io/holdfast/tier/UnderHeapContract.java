package io.holdfast.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehcache.config.builders.ExpiryPolicyBuilder.timeToIdleExpiration;
import static org.ehcache.config.builders.ExpiryPolicyBuilder.timeToLiveExpiration;

import io.holdfast.tier.TierFixture.Heap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehcache.core.exceptions.StorePassThroughException;
import org.ehcache.core.spi.store.Store;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.ehcache.expiry.ExpiryPolicy;
import org.ehcache.spi.resilience.StoreAccessException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong between a heap tier and an authority unless one takes care. */
abstract class UnderHeapContract {
  private final Heap heap;

  @TempDir
  Path directory;

  UnderHeapContract(Heap heap) {
    this.heap = heap;
  }

  /**
   * The heap reads all missing keys first and installs them afterwards. A put in between invalidates
   * nothing there; without re-validation the heap then serves the old value until it is evicted.
   */
  @Test
  void getAll_putBetweenReadAndInstall_neverLeavesTheOldValueInTheHeap() throws Exception {
    try (TierFixture fixture =
        TierFixture.underHeap(directory, heap, ExpiryPolicy.NO_EXPIRY, 100)) {
      Store<String, String> store = fixture.store();
      store.put("a", "old");
      var result = store.bulkComputeIfAbsent(new LinkedHashSet<>(List.of("a", "b")), absent -> {
        // "a" has been read; nothing is installed yet.
        try {
          store.put("a", "new");
        } catch (StoreAccessException e) {
          throw new StorePassThroughException(e);
        }
        return Map.<String, String>of().entrySet();
      });
      assertThat(store.get("a").get()).isEqualTo("new");
      assertThat(result.get("a").get()).isEqualTo("new");
    }
  }

  @Test
  void getAll_writtenWhileLoading_keepsWhatWasWritten() throws Exception {
    try (TierFixture fixture =
        TierFixture.underHeap(directory, heap, ExpiryPolicy.NO_EXPIRY, 100)) {
      Store<String, String> store = fixture.store();
      store.bulkComputeIfAbsent(Set.of("a"), absent -> {
        try {
          store.put("a", "written");
          store.remove("a");
        } catch (StoreAccessException e) {
          throw new StorePassThroughException(e);
        }
        return Map.of("a", "loaded before").entrySet();
      });
      assertThat(store.containsKey("a")).isFalse();
    }
  }

  /** Ehcache issue 1097: a hit in the heap extends the life of an entry only in the heap. */
  @Test
  void timeToIdle_entryHotInTheHeap_staysAliveForTheTierToo() throws Exception {
    try (TierFixture fixture =
        TierFixture.underHeap(directory, heap, timeToIdleExpiration(Duration.ofMillis(600)), 100)) {
      Store<String, String> store = fixture.store();
      store.put("a", "1");
      for (int i = 0; i < 6; i++) {
        fixture.advance(200);
        assertThat(store.get("a")).isNotNull();
      }
      assertThat(fixture.service().sweepExpired("cache")).isZero();
      assertThat(store.containsKey("a")).isTrue();
      assertThat(store.putIfAbsent("a", "2", put -> {}).get()).isEqualTo("1");
      fixture.advance(600);
      assertThat(store.containsKey("a")).isFalse();
      assertThat(store.get("a")).isNull();
    }
  }

  @Test
  void timeToIdle_usedInTheHeapThenClosed_countsFromTheLastUse() throws Exception {
    try (TierFixture fixture =
        TierFixture.underHeap(directory, heap, timeToIdleExpiration(Duration.ofMillis(600)), 100)) {
      fixture.store().put("a", "1");
      fixture.store().get("a");
      fixture.advance(500);
      fixture.store().get("a");
      fixture.reopen();
      fixture.advance(500);
      assertThat(fixture.store().get("a")).isNotNull();
    }
  }

  @Test
  void timeToLive_entryInTheHeap_expiresOnceWithItsEvent() throws Exception {
    try (TierFixture fixture =
        TierFixture.underHeap(directory, heap, timeToLiveExpiration(Duration.ofMillis(600)), 100)) {
      List<String> events = fixture.recordEvents();
      fixture.store().put("a", "1");
      fixture.store().get("a");
      fixture.advance(600);
      assertThat(fixture.store().get("a")).isNull();
      fixture.reopen(); // closes, which returns when the listeners have
      assertThat(events).containsExactly("CREATED a null 1", "EXPIRED a 1 null");
    }
  }

  /** An exception here would leave the heap with a mapping that no later write invalidates. */
  @Test
  void flush_holderFails_answersFalse() throws Exception {
    try (TierFixture fixture = TierFixture.alone(directory, ExpiryPolicy.NO_EXPIRY)) {
      fixture.tier().put("a", "1");
      ValueHolder<String> faulted = fixture.tier().getAndFault("a");
      ValueHolder<String> failing = new FailingHolder(faulted.getId());
      assertThat(fixture.tier().flush("a", failing)).isFalse();
      assertThat(fixture.tier().get("a").get()).isEqualTo("1");
    }
  }

  @Test
  void flush_faultedOrNot_tellsByVersion() throws Exception {
    try (TierFixture fixture = TierFixture.alone(directory, ExpiryPolicy.NO_EXPIRY)) {
      SqliteTier<String, String> tier = fixture.tier();
      tier.put("a", "1");
      ValueHolder<String> notFaulted = tier.get("a");
      assertThat(tier.flush("a", notFaulted)).isFalse();
      ValueHolder<String> faulted = tier.getAndFault("a");
      assertThat(tier.flush("a", faulted)).isTrue();
      assertThat(tier.flush("a", faulted)).isFalse();
      ValueHolder<String> older = tier.getAndFault("a");
      tier.put("a", "2");
      tier.getAndFault("a");
      assertThat(tier.flush("a", older)).isFalse();
    }
  }

  private record FailingHolder(long getId) implements ValueHolder<String> {
    @Override
    public long creationTime() {
      throw new IllegalStateException("creationTime");
    }

    @Override
    public long expirationTime() {
      throw new IllegalStateException("expirationTime");
    }

    @Override
    public boolean isExpired(long expirationTime) {
      throw new IllegalStateException("isExpired");
    }

    @Override
    public long lastAccessTime() {
      throw new IllegalStateException("lastAccessTime");
    }

    @Override
    public String get() {
      throw new IllegalStateException("get");
    }
  }

  @Test
  void listener_callsTheCacheAgain_seesTheCommittedValueAndDoesNotBlock() throws Exception {
    try (TierFixture fixture = TierFixture.underHeap(directory, heap, ExpiryPolicy.NO_EXPIRY, 10)) {
      Store<String, String> store = fixture.store();
      List<String> seen = new ArrayList<>();
      store.getStoreEventSource().setSynchronous(true);
      store.getStoreEventSource().addEventListener(event -> {
        try {
          seen.add(store.get(event.getKey()).get());
          if (!event.getKey().equals("copy")) {
            store.put("copy", event.getNewValue());
          }
        } catch (StoreAccessException e) {
          throw new IllegalStateException(e);
        }
      });
      store.put("a", "1");
      assertThat(seen).containsExactly("1", "1");
      assertThat(store.get("copy").get()).isEqualTo("1");
    }
  }

  @Test
  void events_manyWritersOfOneKey_comeInTheOrderOfCommits() throws Exception {
    try (TierFixture fixture = TierFixture.underHeap(directory, heap, ExpiryPolicy.NO_EXPIRY, 10)) {
      List<String> events = fixture.recordEvents();
      fixture.store().put("a", "start");
      inThreads(4, thread -> {
        for (int i = 0; i < 100; i++) {
          fixture.store().put("a", thread + "/" + i);
        }
      });
      assertThat(events).hasSize(401);
      String last = "start";
      for (String event : events.subList(1, events.size())) {
        String[] parts = event.split(" ", -1);
        assertThat(parts[2]).isEqualTo(last);
        last = parts[3];
      }
      assertThat(fixture.store().get("a").get()).isEqualTo(last);
    }
  }

  /**
   * A heap that evicts all the time, listeners that call the cache, and computations on keys that share
   * their locks: "Aa" and "BB" have one hash.
   */
  @RepeatedTest(5)
  void allOperationsAtOnce_smallHeapAndReentrantListeners_comeToAnEnd() throws Exception {
    List<String> keys =
        List.of("Aa", "BB", "AaAa", "BBBB", "AaBB", "BBAa", "c", "d", "e", "f", "g");
    try (TierFixture fixture =
        TierFixture.underHeap(directory, heap, timeToIdleExpiration(Duration.ofMillis(50)), 3)) {
      Store<String, String> store = fixture.store();
      AtomicInteger fired = new AtomicInteger();
      store.getStoreEventSource().setSynchronous(true);
      store.getStoreEventSource().setEventOrdering(true);
      store.getStoreEventSource().addEventListener(event -> {
        try {
          store.get(keys.get(fired.incrementAndGet() % keys.size()));
        } catch (StoreAccessException e) {
          throw new IllegalStateException(e);
        }
      });
      inThreads(4, thread -> {
        Random random = new Random(thread);
        for (int i = 0; i < 400; i++) {
          String key = keys.get(random.nextInt(keys.size()));
          switch (random.nextInt(8)) {
            case 0 -> store.put(key, "p" + i);
            case 1 -> store.remove(key);
            case 2 ->
              store.computeAndGet(key, (k, v) -> v == null ? "c" : null, () -> true, () -> true);
            case 3 -> getAll(store, keys);
            case 4 ->
              store.bulkCompute(
                  new LinkedHashSet<>(keys),
                  entries -> Map.of(entries.iterator().next().getKey(), "b").entrySet());
            case 5 -> fixture.service().sweepExpired("cache");
            case 6 -> fixture.advance(10);
            default -> store.get(key);
          }
        }
      });
      assertThat(fired).hasPositiveValue();
      for (String key : keys) {
        store.put(key, "last");
        assertThat(store.get(key).get()).isEqualTo("last");
      }
    }
  }

  /** Ehcache 3.11.1 lets a getAll fail that meets the fault of another thread in the heap. */
  private static void getAll(Store<String, String> store, List<String> keys)
      throws StoreAccessException {
    try {
      store.bulkComputeIfAbsent(
          new LinkedHashSet<>(keys), absent -> Map.<String, String>of().entrySet());
    } catch (UnsupportedOperationException e) {
      assertThat(e.getStackTrace()[0].getClassName()).endsWith("OnHeapStore$Fault");
    }
  }

  private interface Work {
    void run(int thread) throws Exception;
  }

  private static void inThreads(int threads, Work work) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        running.add(executor.submit(() -> {
          work.run(thread);
          return null;
        }));
      }
      for (Future<?> future : running) {
        future.get(60, TimeUnit.SECONDS); // a deadlock ends here
      }
    } finally {
      executor.shutdownNow();
    }
  }
}
