package io.holdfast.jcache;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Listeners: what they see, in which order, and that using the cache from one does no harm. */
@SuppressWarnings("JavaUtilDate") // a value of the JDK that can change, which is what is tested
@Timeout(60)
final class EntryListenersTest {
  @TempDir
  Path directory;

  private ManagerFixture fixture;
  private Cache<String, String> cache;

  @BeforeEach
  void open() {
    fixture = new ManagerFixture(directory);
    cache = fixture.words();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Hears created, updated and removed entries. */
  private record Hearing<K, V>(Consumer<CacheEntryEvent<? extends K, ? extends V>> consumer)
      implements CacheEntryCreatedListener<K, V>,
          CacheEntryUpdatedListener<K, V>,
          CacheEntryRemovedListener<K, V> {
    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
      events.forEach(consumer);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
      events.forEach(consumer);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
      events.forEach(consumer);
    }
  }

  private static <K, V> void listen(
      Cache<K, V> cache,
      boolean synchronous,
      Consumer<CacheEntryEvent<? extends K, ? extends V>> consumer) {
    cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
        () -> new Hearing<>(consumer), null, /* isOldValueRequired= */ false, synchronous));
  }

  private static String describe(CacheEntryEvent<? extends String, ? extends String> event) {
    return event.getEventType()
        + " "
        + event.getKey()
        + " "
        + event.getOldValue()
        + " "
        + event.getValue();
  }

  @Test
  void events_ofOneKey_carryOldAndNewValue() {
    List<String> heard = new CopyOnWriteArrayList<>();
    listen(cache, true, event -> heard.add(describe(event)));
    cache.put("a", "1");
    cache.put("a", "2");
    cache.remove("a");
    cache.clear();
    assertThat(heard).containsExactly("CREATED a null 1", "UPDATED a 1 2", "REMOVED a 2 2");
  }

  @Test
  void removed_oldValueNotRequired_isAvailableAndEqualsValue() {
    List<Boolean> available = new CopyOnWriteArrayList<>();
    listen(cache, true, event -> available.add(event.isOldValueAvailable()));
    cache.put("a", "1");
    cache.getAndRemove("a");
    assertThat(available).containsExactly(false, true);
  }

  @Test
  void synchronousListener_changingTheSameKey_isDeliveredBeforeTheCallReturns() {
    List<String> heard = new CopyOnWriteArrayList<>();
    listen(cache, true, event -> {
      heard.add(describe(event));
      int length = event.getValue().length();
      if (length < 4) {
        cache.put(event.getKey(), event.getValue() + "x");
      }
    });
    cache.put("a", "x");
    assertThat(heard)
        .containsExactly(
            "CREATED a null x", "UPDATED a x xx", "UPDATED a xx xxx", "UPDATED a xxx xxxx");
  }

  /** Two threads whose listeners write each other's key would wait for one another for ever. */
  @Test
  void synchronousListeners_changingEachOthersKeys_end() throws Exception {
    CyclicBarrier bothListening = new CyclicBarrier(2);
    listen(cache, true, event -> {
      if (event.getValue().equals("first")) {
        await(bothListening);
        cache.put(event.getKey().equals("a") ? "b" : "a", "second");
      }
    });
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> one = threads.submit(() -> cache.put("a", "first"));
      Future<?> two = threads.submit(() -> cache.put("b", "first"));
      one.get(30, SECONDS);
      two.get(30, SECONDS);
    } finally {
      threads.shutdownNow();
    }
    assertThat(cache.get("a")).isEqualTo("second");
    assertThat(cache.get("b")).isEqualTo("second");
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void events_ofOneKeyFromManyThreads_formAChain() throws Exception {
    List<String> old = new CopyOnWriteArrayList<>();
    List<String> now = new CopyOnWriteArrayList<>();
    listen(cache, true, event -> {
      old.add(String.valueOf(event.getOldValue()));
      now.add(event.getValue());
    });
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int t = 0; t < 4; t++) {
        String name = "t" + t + "-";
        threads.execute(() -> {
          for (int i = 0; i < 50; i++) {
            cache.put("a", name + i);
          }
        });
      }
    } finally {
      threads.shutdown();
      assertThat(threads.awaitTermination(50, SECONDS)).isTrue();
    }
    assertThat(now).hasSize(200);
    assertThat(old.subList(1, 200)).isEqualTo(now.subList(0, 199));
    assertThat(cache.get("a")).isEqualTo(now.get(199));
  }

  @Test
  void asynchronousListener_hearsOneKeyInOrder() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    CountDownLatch all = new CountDownLatch(100);
    listen(cache, false, event -> {
      heard.add(event.getValue());
      all.countDown();
    });
    List<String> put = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      cache.put("a", "" + i);
      put.add("" + i);
    }
    assertThat(all.await(30, SECONDS)).isTrue();
    assertThat(heard).isEqualTo(put);
  }

  @Test
  void synchronousListener_throwing_reachesTheCallerAfterTheChange() {
    listen(cache, true, event -> {
      throw new IllegalStateException("broken");
    });
    assertThatThrownBy(() -> cache.put("a", "1"))
        .isInstanceOf(CacheEntryListenerException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(cache.get("a")).isEqualTo("1");
  }

  @Test
  void listener_changingTheValueItWasGiven_doesNotChangeTheCache() {
    Cache<String, Date> dates = fixture.cache("dates", String.class, Date.class);
    Date mine = new Date(1_000);
    listen(dates, true, event -> event.getValue().setTime(9_000));
    dates.put("a", mine);
    assertThat(mine).isEqualTo(new Date(1_000));
    assertThat(dates.get("a")).isEqualTo(new Date(1_000));
  }

  @Test
  void deregister_ofTheLastListener_stopsEvents() {
    List<String> heard = new CopyOnWriteArrayList<>();
    var configuration = new MutableCacheEntryListenerConfiguration<String, String>(
        () -> new Hearing<>(event -> heard.add(describe(event))), null, false, true);
    cache.registerCacheEntryListener(configuration);
    assertThatThrownBy(() -> cache.registerCacheEntryListener(configuration))
        .isInstanceOf(IllegalArgumentException.class);
    cache.put("a", "1");
    cache.deregisterCacheEntryListener(configuration);
    cache.put("a", "2");
    assertThat(heard).hasSize(1);
  }

  /** A heap of one entry drops others all the time; "Aa" and "BB" share a lock. */
  @Test
  void synchronousListener_walkingAndChangingTheCacheWithATinyHeap_comesToAnEnd() throws Exception {
    List<String> keys = List.of("Aa", "BB", "AaAa", "BBBB", "AaBB", "c");
    Cache<String, String> tiny = fixture
        .manager()
        .createCache(
            "tiny",
            HoldfastConfiguration.builder(String.class, String.class)
                .heapEntries(1)
                .build());
    AtomicInteger heard = new AtomicInteger();
    listen(tiny, true, event -> {
      int turn = heard.incrementAndGet();
      tiny.forEach(entry -> assertThat(entry.getValue()).isNotNull());
      if (event.getValue().length() < 3) {
        tiny.put(keys.get(turn % keys.size()), event.getValue() + "x");
      }
      if (turn % 50 == 0) {
        tiny.clear();
      }
    });
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        Random random = new Random(t);
        running.add(threads.submit(() -> {
          for (int i = 0; i < 60; i++) {
            useOnce(tiny, keys, random);
          }
        }));
      }
      for (Future<?> one : running) {
        one.get(50, SECONDS); // a deadlock ends here
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(heard.get()).isGreaterThan(60);
  }

  private static void useOnce(Cache<String, String> cache, List<String> keys, Random random) {
    String key = keys.get(random.nextInt(keys.size()));
    switch (random.nextInt(5)) {
      case 0 -> cache.put(key, "x");
      case 1 -> cache.putAll(Map.of("Aa", "x", "BB", "x"));
      case 2 -> cache.remove(key);
      case 3 ->
        cache.invoke(key, (entry, arguments) -> {
          entry.setValue("x");
          return null;
        });
      default -> cache.getAll(Set.copyOf(keys));
    }
  }
}
