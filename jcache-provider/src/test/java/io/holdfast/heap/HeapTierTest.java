package io.holdfast.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehcache.config.builders.ExpiryPolicyBuilder.timeToIdleExpiration;

import io.holdfast.tier.FileAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.ehcache.core.spi.time.SystemTimeSource;
import org.ehcache.core.spi.time.TimeSource;
import org.ehcache.expiry.ExpiryPolicy;
import org.ehcache.impl.store.HashUtils;
import org.ehcache.spi.resilience.StoreAccessException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The heap tier by itself: what it keeps, what it gives up, and what it says of that. */
final class HeapTierTest {
  private final AtomicLong clock = new AtomicLong(1_000);
  private final List<String> handedBack = new ArrayList<>();

  private HeapTier<String, String> tier(long maxEntries) {
    return tier(maxEntries, ExpiryPolicy.NO_EXPIRY, clock::get);
  }

  private HeapTier<String, String> tier(
      long maxEntries, ExpiryPolicy<Object, Object> expiry, TimeSource time) {
    HeapTier<String, String> tier = new HeapTier<>(maxEntries, expiry, time);
    tier.setInvalidationListener(
        (key, copy) -> handedBack.add(key + "=" + copy.get() + "@" + copy.lastAccessTime()));
    return tier;
  }

  /** What the tier below answers. */
  private record Row(String get, long getId, long expirationTime) implements ValueHolder<String> {
    @Override
    public long creationTime() {
      return 0;
    }

    @Override
    public boolean isExpired(long nowMillis) {
      return expirationTime != NO_EXPIRE && nowMillis >= expirationTime;
    }

    @Override
    public long lastAccessTime() {
      return 0;
    }
  }

  private static Row row(String value) {
    return new Row(value, 1, ValueHolder.NO_EXPIRE);
  }

  private static @Nullable String read(HeapTier<String, String> tier, String key, String value)
      throws StoreAccessException {
    ValueHolder<String> holder = tier.getOrComputeIfAbsent(key, same -> row(value));
    return holder == null ? null : holder.get();
  }

  @Test
  void find_afterARead_isTheCopy() throws Exception {
    HeapTier<String, String> tier = tier(10);
    assertThat(tier.find("a")).isNull();
    assertThat(read(tier, "a", "1")).isEqualTo("1");
    assertThat(tier.find("a")).isEqualTo("1");
    assertThat(read(tier, "a", "2")).as("is not asked again").isEqualTo("1");
  }

  @Test
  void find_whileTheEntryIsBeingRead_isNull() throws Exception {
    HeapTier<String, String> tier = tier(10);
    tier.getOrComputeIfAbsent("a", key -> {
      assertThat(tier.find("a")).isNull();
      return row("1");
    });
    assertThat(tier.find("a")).isEqualTo("1");
  }

  @Test
  void read_absentBelow_leavesNothing() throws Exception {
    HeapTier<String, String> tier = tier(10);
    assertThat(tier.getOrComputeIfAbsent("a", key -> null)).isNull();
    assertThat(tier.size()).isZero();
  }

  @Test
  void read_failsBelow_leavesNothingAndTheNextReadAsksAgain() throws Exception {
    HeapTier<String, String> tier = tier(10);
    var failure = new IllegalStateException("on purpose");
    assertThatThrownBy(() -> tier.getOrComputeIfAbsent("a", key -> {
          throw failure;
        }))
        .isInstanceOf(StoreAccessException.class)
        .hasCause(failure);
    assertThat(tier.size()).isZero();
    assertThat(read(tier, "a", "1")).isEqualTo("1");
  }

  /** The entry changes between the reading and the installing: the copy would be stale for ever. */
  @Test
  void invalidate_duringARead_keepsTheOldValueOut() throws Exception {
    HeapTier<String, String> tier = tier(10);
    ValueHolder<String> old = tier.getOrComputeIfAbsent("a", key -> {
      tier.invalidate("a");
      return row("old");
    });
    assertThat(old.get()).isEqualTo("old");
    assertThat(tier.find("a")).isNull();
    assertThat(read(tier, "a", "new")).isEqualTo("new");
  }

  /** What the tier below noted of the first reading may hide what it noted of the second. */
  @Test
  void read_overtakenByAnotherReading_leavesNoCopy() throws Exception {
    HeapTier<String, String> tier = tier(10);
    ValueHolder<String> first = tier.getOrComputeIfAbsent("a", key -> {
      tier.invalidate("a");
      assertThat(inAnotherThread(() -> read(tier, "a", "new"))).isEqualTo("new");
      return row("old");
    });
    assertThat(first.get()).isEqualTo("new");
    assertThat(tier.size()).isZero();
    assertThat(handedBack).containsExactly("a=new@1000");
  }

  private static <T> T inAnotherThread(java.util.concurrent.Callable<T> work) {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      return thread.submit(work).get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void read_byManyThreadsAtOnce_asksBelowOnce() throws Exception {
    HeapTier<String, String> tier = tier(10);
    AtomicLong asked = new AtomicLong();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<ValueHolder<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(threads.submit(() -> {
          start.await();
          return tier.getOrComputeIfAbsent("a", key -> {
            asked.incrementAndGet();
            return row("1");
          });
        }));
      }
      start.countDown();
      for (Future<ValueHolder<String>> answer : answers) {
        assertThat(answer.get(10, TimeUnit.SECONDS).get()).isEqualTo("1");
      }
      assertThat(asked).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void expiredCopy_isHandedBackAndBelowIsAskedAgain() throws Exception {
    HeapTier<String, String> tier = tier(10);
    tier.getOrComputeIfAbsent("a", key -> new Row("1", 1, 1_010));
    clock.set(1_009);
    assertThat(tier.find("a")).isEqualTo("1");
    clock.set(1_010);
    assertThat(tier.find("a")).isNull();
    assertThat(read(tier, "a", "renewed")).isEqualTo("renewed");
    assertThat(handedBack).containsExactly("a=1@1009");
  }

  @Test
  void access_policyProlongsLife_livesOnButNeverShorter() throws Exception {
    HeapTier<String, String> tier =
        tier(10, timeToIdleExpiration(Duration.ofMillis(50)), clock::get);
    ValueHolder<String> copy = tier.getOrComputeIfAbsent("a", key -> new Row("1", 1, 1_010));
    assertThat(copy.expirationTime()).isEqualTo(1_050);
    clock.set(1_040);
    read(tier, "a", "1");
    assertThat(copy.expirationTime()).isEqualTo(1_090);
    assertThat(copy.lastAccessTime()).isEqualTo(1_040);
  }

  @Test
  void getAll_someInTheHeap_asksOnceForTheOthersAndKeepsThem() throws Exception {
    HeapTier<String, String> tier = tier(10);
    read(tier, "a", "1");
    List<Set<? extends String>> asked = new ArrayList<>();
    var found = tier.bulkGetOrComputeIfAbsent(List.of("a", "b", "absent"), missing -> {
      asked.add(Set.copyOf(missing));
      Map<String, ValueHolder<String>> rows = new LinkedHashMap<>();
      rows.put("b", row("2"));
      rows.put("absent", null);
      return rows.entrySet();
    });
    assertThat(asked).isEqualTo(List.of(Set.of("b", "absent")));
    assertThat(found.get("a").get()).isEqualTo("1");
    assertThat(found.get("b").get()).isEqualTo("2");
    assertThat(found).containsEntry("absent", null);
    assertThat(tier.find("b")).isEqualTo("2");
    assertThat(tier.size()).isEqualTo(2);
  }

  /** An answer of a tier below that is told of each copy. */
  private record Noted(String getKey, ValueHolder<String> asRead, List<String> copies)
      implements FileAnswer<String, String> {
    @Override
    public ValueHolder<String> getValue() {
      copies.add(getKey);
      return asRead;
    }

    @Override
    public ValueHolder<String> setValue(@Nullable ValueHolder<String> value) {
      throw new UnsupportedOperationException("an answer is read only");
    }
  }

  @Test
  void getAll_moreThanThereIsRoomFor_takesACopyOfWhatItKeepsAlone() throws Exception {
    HeapTier<String, String> tier = tier(2);
    List<String> copies = new ArrayList<>();
    var found = tier.bulkGetOrComputeIfAbsent(
        List.of("a", "b", "c"),
        missing ->
            missing.stream().map(key -> new Noted(key, row(key + "!"), copies)).toList());
    assertThat(found.values())
        .extracting(ValueHolder::get)
        .containsExactlyInAnyOrder("a!", "b!", "c!");
    assertThat(copies)
        .hasSize(2)
        .allSatisfy(key -> assertThat(tier.find(key)).isEqualTo(key + "!"));
    assertThat(tier.size()).isEqualTo(2);
  }

  @Test
  void invalidateAllWithHash_keysOfOneHash_takesThemAll() throws Exception {
    HeapTier<String, String> tier = tier(10);
    for (String key : List.of("Aa", "BB", "c")) {
      read(tier, key, "v");
    }
    tier.invalidateAllWithHash(HashUtils.intHashToLong("Aa".hashCode()));
    assertThat(tier.find("Aa")).isNull();
    assertThat(tier.find("BB")).isNull();
    assertThat(tier.find("c")).isEqualTo("v");
    assertThat(handedBack).hasSize(2);
  }

  @Test
  void clear_says_nothingBelow_whileInvalidateAllHandsBack() throws Exception {
    HeapTier<String, String> tier = tier(10);
    read(tier, "a", "1");
    tier.clear();
    assertThat(tier.size()).isZero();
    assertThat(handedBack).isEmpty();
    read(tier, "b", "2");
    tier.invalidateAll();
    assertThat(tier.size()).isZero();
    assertThat(handedBack).containsExactly("b=2@1000");
  }

  @Test
  void evict_full_keepsTheLimitAndHandsEachVictimBack() throws Exception {
    HeapTier<String, String> tier = tier(100);
    for (int i = 0; i < 1_000; i++) {
      read(tier, "key " + i, "v");
      assertThat(tier.size()).isLessThanOrEqualTo(100);
    }
    assertThat(handedBack).hasSize(900);
  }

  /** Beside an exact LRU list and a random choice of the same size. */
  @Test
  void evict_zipfTrace_hitsNearlyAsOftenAsExactLru() throws Exception {
    int[] trace = zipf(3_000, 60_000);
    HeapTier<String, String> tier = tier(300);
    int hits = 0;
    for (int key : trace) {
      clock.incrementAndGet();
      if (tier.find("key " + key) != null) {
        hits++;
      } else {
        read(tier, "key " + key, "v");
      }
    }
    double ours = (double) hits / trace.length;
    assertThat(ours).isGreaterThan(exactLru(trace, 300) - 0.015);
  }

  private static int[] zipf(int keys, int length) {
    double[] cumulated = new double[keys];
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum += 1 / Math.pow(i + 1, 0.99);
      cumulated[i] = sum;
    }
    Random random = new Random(7);
    int[] trace = new int[length];
    for (int i = 0; i < length; i++) {
      int at = java.util.Arrays.binarySearch(cumulated, random.nextDouble() * sum);
      trace[i] = at < 0 ? -at - 1 : at;
    }
    return trace;
  }

  private static double exactLru(int[] trace, int limit) {
    Map<Integer, Boolean> lru = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
    int hits = 0;
    for (int key : trace) {
      if (lru.get(key) != null) {
        hits++;
        continue;
      }
      lru.put(key, true);
      if (lru.size() > limit) {
        lru.remove(lru.keySet().iterator().next());
      }
    }
    return (double) hits / trace.length;
  }

  /** With the system's clock a hit does not ask it; a tick, once a second, is near enough. */
  @Test
  void find_systemClock_isStampedWithTheLastTick() throws Exception {
    HeapTier<String, String> tier = tier(10, ExpiryPolicy.NO_EXPIRY, SystemTimeSource.INSTANCE);
    ValueHolder<String> copy = tier.getOrComputeIfAbsent("a", key -> row("1"));
    long faultedAtMillis = copy.lastAccessTime();
    while (System.currentTimeMillis() <= faultedAtMillis) {
      Thread.onSpinWait();
    }
    tier.find("a");
    assertThat(copy.lastAccessTime()).isEqualTo(faultedAtMillis);
    tier.tick();
    tier.find("a");
    assertThat(copy.lastAccessTime()).isGreaterThan(faultedAtMillis);
  }
}
