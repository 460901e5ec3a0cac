package io.holdfast.jcache;

import static io.holdfast.store.Eventually.eventually;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.jcache.EventChain.Heard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The events of a key are the history of its entry, whatever the number of threads that change it: each
 * begins with the value that the one before ended with, and the last one ends with what is there.
 */
@Timeout(900)
final class EventOrderTest {
  private static final int THREADS = 6;
  private static final int CHANGES_PER_THREAD =
      Math.toIntExact(200 * Math.max(1, Long.getLong("holdfast.concurrency.millis", 0) / 1_000));
  private static final List<String> KEYS = List.of("a", "b", "c");

  @TempDir
  Path directory;

  private final AtomicInteger nextValue = new AtomicInteger();

  /** Keeps what it hears, by key. */
  private static final class Ear
      implements CacheEntryCreatedListener<String, Integer>,
          CacheEntryUpdatedListener<String, Integer>,
          CacheEntryRemovedListener<String, Integer>,
          CacheEntryExpiredListener<String, Integer> {
    private final Map<String, List<Heard>> heard = new ConcurrentHashMap<>();
    private final Set<Integer> values = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
      hear(events);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
      hear(events);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
      hear(events);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
      hear(events);
    }

    private void hear(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
      for (CacheEntryEvent<? extends String, ? extends Integer> event : events) {
        heard
            .computeIfAbsent(event.getKey(), key -> Collections.synchronizedList(new ArrayList<>()))
            .add(new Heard(event.getEventType(), event.getOldValue(), event.getValue()));
        values.add(event.getValue());
        count.incrementAndGet();
      }
    }
  }

  /** Entries live for ever, but for those that a thread updates while it says so: they expire with it. */
  private static final class AtOnceIfWanted implements ExpiryPolicy {
    private static final ThreadLocal<Boolean> WANTED = ThreadLocal.withInitial(() -> false);

    @Override
    public Duration getExpiryForCreation() {
      return Duration.ETERNAL;
    }

    @Override
    public Duration getExpiryForAccess() {
      return null;
    }

    @Override
    public Duration getExpiryForUpdate() {
      return WANTED.get() ? Duration.ZERO : Duration.ETERNAL;
    }
  }

  private static void listen(Cache<String, Integer> cache, Ear ear, boolean synchronous) {
    cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
        () -> ear, null, /* isOldValueRequired= */ true, synchronous));
  }

  @Test
  void events_ofManyThreadsOverAHeapOfOneEntry_areTheHistoryOfEachKey() throws Exception {
    Properties properties = new Properties();
    properties.setProperty(HoldfastProperties.HEAP_ENTRIES, "1");
    assertEventsAreTheHistory(properties);
  }

  @Test
  void events_ofManyThreadsWithoutAFile_areTheHistoryOfEachKey() throws Exception {
    Properties properties = new Properties();
    properties.setProperty(HoldfastProperties.STORAGE, "heap");
    assertEventsAreTheHistory(properties);
  }

  private void assertEventsAreTheHistory(Properties properties) throws Exception {
    try (var fixture = new ManagerFixture(directory, properties)) {
      Cache<String, Integer> cache = fixture
          .manager()
          .createCache(
              "numbers",
              new MutableConfiguration<String, Integer>()
                  .setTypes(String.class, Integer.class)
                  .setExpiryPolicyFactory(AtOnceIfWanted::new));
      Ear synchronous = new Ear();
      Ear asynchronous = new Ear();
      listen(cache, synchronous, true);
      listen(cache, asynchronous, false);
      changeFromManyThreads(cache, synchronous);
      eventually(
          "everything is heard asynchronously, too",
          () -> asynchronous.count.get() >= synchronous.count.get());
      assertThat(synchronous.heard.values().stream().flatMap(List::stream).map(Heard::type))
          .contains(EventType.CREATED, EventType.UPDATED, EventType.REMOVED, EventType.EXPIRED);
      for (String key : KEYS) {
        List<Heard> events = synchronous.heard.get(key);
        assertThat(EventChain.findBreak(events, cache.get(key))).as(key).isNull();
        assertThat(asynchronous.heard.get(key)).as(key).isEqualTo(events);
      }
    }
  }

  private void changeFromManyThreads(Cache<String, Integer> cache, Ear synchronous)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        Random random = new Random(t);
        running.add(threads.submit(() -> {
          for (int i = 0; i < CHANGES_PER_THREAD; i++) {
            change(cache, KEYS.get(random.nextInt(KEYS.size())), random.nextInt(12), synchronous);
          }
        }));
      }
      for (Future<?> one : running) {
        one.get(600, SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void change(Cache<String, Integer> cache, String key, int kind, Ear synchronous) {
    int value = nextValue.incrementAndGet();
    Integer seen = cache.get(key);
    boolean changed = switch (kind) {
      case 0 -> cache.putIfAbsent(key, value);
      case 1 -> cache.getAndReplace(key, value) != null;
      case 2 -> seen != null && cache.replace(key, seen, value);
      case 3 -> putAll(cache, value);
      case 4 -> invoke(cache, key, value);
      case 5 -> isRemoved(cache, key, seen);
      case 6 -> isRemoved(cache, key, null);
      case 7 -> expireByUpdate(cache, key, value);
      case 8 -> removeAll(cache);
      default -> put(cache, key, value);
    };
    if (changed) {
      assertThat(synchronous.values).as("heard when the call returned").contains(value);
    }
  }

  private static boolean put(Cache<String, Integer> cache, String key, int value) {
    cache.put(key, value);
    return true;
  }

  private static boolean putAll(Cache<String, Integer> cache, int value) {
    cache.putAll(Map.of("a", value, "b", value));
    return true;
  }

  private static boolean removeAll(Cache<String, Integer> cache) {
    cache.removeAll(Set.of("b", "c"));
    return false;
  }

  private static boolean invoke(Cache<String, Integer> cache, String key, int value) {
    return cache.invoke(key, (entry, arguments) -> {
      entry.setValue(value);
      return true;
    });
  }

  /** A removal brings no new value that could be listened for. */
  private static boolean isRemoved(Cache<String, Integer> cache, String key, Integer expected) {
    boolean ignored = expected == null ? cache.remove(key) : cache.remove(key, expected);
    return false;
  }

  private static boolean expireByUpdate(Cache<String, Integer> cache, String key, int value) {
    AtOnceIfWanted.WANTED.set(true);
    try {
      return cache.replace(key, value);
    } finally {
      AtOnceIfWanted.WANTED.set(false);
    }
  }

  @Test
  void control_eventsInAnotherOrder_areABreak() {
    Heard created = new Heard(EventType.CREATED, null, 1);
    Heard updated = new Heard(EventType.UPDATED, 1, 2);
    Heard again = new Heard(EventType.UPDATED, 2, 3);
    Heard removed = new Heard(EventType.REMOVED, 3, 3);
    assertThat(EventChain.findBreak(List.of(created, updated, again, removed), null))
        .isNull();
    assertThat(EventChain.findBreak(List.of(created, again, updated, removed), null))
        .isNotNull();
    assertThat(EventChain.findBreak(List.of(created, updated, removed), null)).isNotNull();
    assertThat(EventChain.findBreak(List.of(created, updated), 1)).isNotNull();
    assertThat(EventChain.findBreak(List.of(updated), 2)).isNotNull();
  }
}
