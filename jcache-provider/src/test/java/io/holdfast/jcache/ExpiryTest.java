package io.holdfast.jcache;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an expiry policy says counts, in the heap as in the file, however an entry is looked at. */
final class ExpiryTest {
  @TempDir
  Path directory;

  private final MovingClock clock = new MovingClock();

  /** Says what it was made with, and counts how often it was asked about accesses. */
  private static final class Policy implements ExpiryPolicy {
    private final Duration creation;
    private final Duration access;
    private int accesses;

    Policy(Duration creation, Duration access) {
      this.creation = creation;
      this.access = access;
    }

    @Override
    public Duration getExpiryForCreation() {
      return creation;
    }

    @Override
    public Duration getExpiryForAccess() {
      accesses++;
      return access;
    }

    @Override
    public Duration getExpiryForUpdate() {
      return null;
    }
  }

  private static final class Hearing
      implements CacheEntryExpiredListener<String, String>,
          CacheEntryUpdatedListener<String, String> {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      events.forEach(event -> heard.add("EXPIRED " + event.getValue() + event.getOldValue()));
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      events.forEach(event -> heard.add("UPDATED " + event.getValue()));
    }
  }

  /** Exactly this event; one that the heap came upon is told by another thread. */
  private static void requireOnly(String event, Hearing hearing) throws InterruptedException {
    assertThat(hearing.heard.poll(30, SECONDS)).isEqualTo(event);
    assertThat(hearing.heard).isEmpty();
  }

  private ManagerFixture fixture(boolean onHeap) {
    return onHeap
        ? ManagerFixture.onHeap(directory, clock)
        : ManagerFixture.onFile(directory, clock);
  }

  private static Cache<String, String> words(ManagerFixture fixture, ExpiryPolicy policy) {
    return fixture
        .manager()
        .createCache(
            "words",
            HoldfastConfiguration.builder(String.class, String.class)
                .expiry(() -> policy)
                .build());
  }

  private static Arguments access(String name, Consumer<Cache<String, String>> access) {
    return Arguments.of(name, access);
  }

  static Stream<Arguments> accesses() {
    return Stream.of(
        access("get", cache -> cache.get("a")),
        access("getAll", cache -> cache.getAll(Set.of("a"))),
        access("iterator", cache -> cache.iterator().next()),
        access("invoke", cache -> cache.invoke("a", (entry, arguments) -> entry.getValue())),
        access("replace, another value", cache -> cache.replace("a", "7", "8")),
        access("remove, another value", cache -> cache.remove("a", "7")));
  }

  /** Ehcache's heap ignores it: AbstractValueHolder only ever lengthens. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("accesses")
  void access_expiryShorterThanWhatIsLeft_isObeyed(
      String name, Consumer<Cache<String, String>> access) throws InterruptedException {
    try (var fixture = fixture(false)) {
      Policy policy = new Policy(new Duration(HOURS, 1), new Duration(MILLISECONDS, 50));
      Cache<String, String> cache = words(fixture, policy);
      Hearing hearing = new Hearing();
      cache.registerCacheEntryListener(
          new MutableCacheEntryListenerConfiguration<>(() -> hearing, null, true, true));
      cache.put("a", "1");
      access.accept(cache);
      assertThat(policy.accesses).as("calls of the policy").isEqualTo(1);
      access.accept(cache); // in the heap, by now
      clock.advance(ofMillis(49));
      assertThat(cache.containsKey("a")).isTrue();
      clock.advance(ofMillis(1));
      assertThat(cache.containsKey("a")).isFalse();
      assertThat(cache.get("a")).isNull();
      requireOnly("EXPIRED 11", hearing);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void get_expiryShorterThanWhatIsLeft_isObeyedOverFileAndHeap(boolean onHeap)
      throws InterruptedException {
    try (var fixture = fixture(onHeap)) {
      Policy policy = new Policy(new Duration(HOURS, 1), new Duration(MILLISECONDS, 50));
      Cache<String, String> cache = words(fixture, policy);
      Hearing hearing = new Hearing();
      cache.registerCacheEntryListener(
          new MutableCacheEntryListenerConfiguration<>(() -> hearing, null, true, true));
      cache.put("a", "1");
      clock.advance(ofMinutes(1));
      for (int i = 0; i < 3; i++) { // each access counts from itself
        assertThat(cache.get("a")).isEqualTo("1");
        clock.advance(ofMillis(49));
      }
      clock.advance(ofMillis(1));
      assertThat(cache.get("a")).isNull();
      requireOnly("EXPIRED 11", hearing);
      assertThat(policy.accesses).isEqualTo(3);
    }
  }

  @Test
  void get_expiryShorterThanWhatIsLeft_survivesARestart() {
    try (var fixture = fixture(false)) {
      Policy policy = new Policy(Duration.ETERNAL, new Duration(MINUTES, 5));
      words(fixture, policy).put("a", "1");
      fixture.reopen();
      clock.advance(ofMinutes(60));
      assertThat(words(fixture, policy).get("a")).isEqualTo("1");
      fixture.reopen();
      clock.advance(ofMinutes(5));
      assertThat(words(fixture, policy).containsKey("a")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void get_expiryNone_makesTheEntryEternal(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Policy policy = new Policy(Duration.ONE_MINUTE, Duration.ETERNAL);
      Cache<String, String> cache = words(fixture, policy);
      cache.put("a", "1");
      cache.get("a");
      clock.advance(ofMinutes(60));
      assertThat(cache.containsKey("a")).isTrue();
      assertThat(cache.get("a")).isEqualTo("1");
      if (!onHeap) {
        fixture.reopen();
        clock.advance(ofMinutes(60));
        assertThat(words(fixture, policy).get("a")).isEqualTo("1");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void get_expiryZero_givesTheValueThisOnce(boolean onHeap) throws InterruptedException {
    try (var fixture = fixture(onHeap)) {
      Policy policy = new Policy(new Duration(HOURS, 1), Duration.ZERO);
      Cache<String, String> cache = words(fixture, policy);
      Hearing hearing = new Hearing();
      cache.registerCacheEntryListener(
          new MutableCacheEntryListenerConfiguration<>(() -> hearing, null, true, true));
      cache.put("a", "1");
      assertThat(cache.get("a")).isEqualTo("1");
      assertThat(cache.containsKey("a")).isFalse();
      assertThat(cache.get("a")).isNull();
      requireOnly("EXPIRED 11", hearing);
      cache.put("a", "2");
      assertThat(cache.getAll(Set.of("a"))).isEqualTo(Map.of("a", "2"));
      assertThat(cache.getAll(Set.of("a"))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void get_policyThrowing_expiresTheEntryAtOnce(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<String, String> cache = words(fixture, new ExpiryPolicy() {
        @Override
        public Duration getExpiryForCreation() {
          return new Duration(HOURS, 1);
        }

        @Override
        public Duration getExpiryForAccess() {
          throw new IllegalStateException("broken");
        }

        @Override
        public Duration getExpiryForUpdate() {
          return null;
        }
      });
      cache.put("a", "1");
      assertThat(cache.get("a")).isEqualTo("1");
      assertThat(cache.containsKey("a")).isFalse();
    }
  }

  /** Ehcache 3.11.1: the file does not hear of hits in the heap, so a live value is overwritten. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void idleLimit_entryHotInTheHeap_allLooksAgreeUntilItIsIdle(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<String, String> cache = words(fixture, new AccessedExpiryPolicy(Duration.TEN_MINUTES));
      cache.put("a", "1");
      for (int i = 0; i < 10; i++) {
        clock.advance(ofMinutes(9));
        assertThat(cache.get("a")).isEqualTo("1");
      }
      clock.advance(ofMinutes(9));
      assertThat(cache.containsKey("a")).isTrue();
      assertThat(cache.putIfAbsent("a", "2")).isFalse();
      assertThat(cache.getAll(Set.of("a"))).isEqualTo(Map.of("a", "1"));
      clock.advance(ofMinutes(10));
      assertThat(cache.containsKey("a")).isFalse();
      assertThat(cache.get("a")).isNull();
      assertThat(cache.putIfAbsent("a", "2")).isTrue();
    }
  }

  /** The heap's copy knows less of the entry than the file then, and must not have the last word. */
  @Test
  void idleLimit_conditionalMissAfterAHeapHit_countsAsTheLastAccess() {
    try (var fixture = fixture(false)) {
      Cache<String, String> cache = words(fixture, new AccessedExpiryPolicy(Duration.TEN_MINUTES));
      cache.put("a", "1");
      cache.get("a");
      clock.advance(ofMinutes(4));
      cache.get("a"); // a hit in the heap
      clock.advance(ofMinutes(4));
      assertThat(cache.remove("a", "7")).isFalse(); // an access in the file, which drops the copy
      clock.advance(ofMinutes(9));
      assertThat(cache.containsKey("a")).isTrue();
      clock.advance(ofMinutes(1));
      assertThat(cache.containsKey("a")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void looksThatAreNoAccess_doNotAskThePolicyAboutOne(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Policy policy = new Policy(new Duration(HOURS, 1), new Duration(MILLISECONDS, 50));
      Cache<String, String> cache = words(fixture, policy);
      cache.put("a", "1");
      cache.containsKey("a");
      cache.putIfAbsent("a", "2");
      cache.put("a", "3");
      cache.invoke("a", (entry, arguments) -> entry.exists());
      assertThat(cache.iterator().hasNext()).isTrue();
      assertThat(policy.accesses).isLessThanOrEqualTo(1); // hasNext() reads the entry it promises
      cache.removeAll(Set.of("a"));
      cache.putIfAbsent("a", "4");
      cache.removeAll();
      assertThat(policy.accesses).isLessThanOrEqualTo(1);
    }
  }
}
