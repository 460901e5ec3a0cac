package io.holdfast.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehcache.config.builders.ExpiryPolicyBuilder.expiry;
import static org.ehcache.config.builders.ExpiryPolicyBuilder.timeToIdleExpiration;
import static org.ehcache.config.builders.ExpiryPolicyBuilder.timeToLiveExpiration;

import io.holdfast.tier.TierFixture.Heap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehcache.core.exceptions.StorePassThroughException;
import org.ehcache.core.spi.store.Store;
import org.ehcache.core.spi.store.Store.PutStatus;
import org.ehcache.core.spi.store.Store.RemoveStatus;
import org.ehcache.core.spi.store.Store.ReplaceStatus;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.ehcache.expiry.ExpiryPolicy;
import org.ehcache.spi.resilience.StoreAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ehcache's store contract, method by method: the tier alone, and where it must agree, under the heap. */
class TierContractTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir
  Path directory;

  private enum Place {
    ALONE,
    UNDER_EHCACHES_HEAP,
    UNDER_OUR_HEAP
  }

  private TierFixture fixture(Place place, ExpiryPolicy<Object, Object> expiry) {
    return switch (place) {
      case ALONE -> TierFixture.alone(directory, expiry);
      case UNDER_EHCACHES_HEAP -> TierFixture.underHeap(directory, Heap.EHCACHES, expiry, 100);
      case UNDER_OUR_HEAP -> TierFixture.underHeap(directory, Heap.OURS, expiry, 100);
    };
  }

  private static String valueOf(ValueHolder<String> holder) {
    return holder == null ? null : holder.get();
  }

  @ParameterizedTest
  @EnumSource
  void put_thenGet_givesTheValueAlsoAfterAReopen(Place place) throws Exception {
    try (TierFixture fixture = fixture(place, ExpiryPolicy.NO_EXPIRY)) {
      assertThat(fixture.store().put("a", "1")).isEqualTo(PutStatus.PUT);
      assertThat(valueOf(fixture.store().get("a"))).isEqualTo("1");
      assertThat(fixture.store().containsKey("a")).isTrue();
      assertThat(valueOf(fixture.reopen().store().get("a"))).isEqualTo("1");
      assertThat(fixture.store().get("b")).isNull();
    }
  }

  @Test
  void get_row_tellsVersionAndTimes() throws Exception {
    try (TierFixture fixture = TierFixture.alone(directory, timeToLiveExpiration(MINUTE))) {
      fixture.store().put("a", "1");
      ValueHolder<String> first = fixture.store().get("a");
      fixture.advance(10);
      fixture.store().put("a", "2");
      ValueHolder<String> second = fixture.store().get("a");
      assertThat(second.getId()).isGreaterThan(first.getId()).isPositive();
      assertThat(first.creationTime()).isEqualTo(TierFixture.START_MILLIS);
      assertThat(second.expirationTime())
          .isEqualTo(TierFixture.START_MILLIS + 10 + MINUTE.toMillis());
    }
  }

  @Test
  void put_creationExpiryZero_isANoopWithoutEvents() throws Exception {
    try (TierFixture fixture =
        TierFixture.alone(directory, expiry().create(Duration.ZERO).build())) {
      List<String> events = fixture.recordEvents();
      assertThat(fixture.store().put("a", "1")).isEqualTo(PutStatus.NOOP);
      assertThat(fixture.store().get("a")).isNull();
      assertThat(events).isEmpty();
    }
  }

  @Test
  void put_updateExpiryZero_isUpdatedThenExpired() throws Exception {
    try (TierFixture fixture = TierFixture.alone(
        directory, expiry().create(MINUTE).update(Duration.ZERO).build())) {
      List<String> events = fixture.recordEvents();
      fixture.store().put("a", "1");
      assertThat(fixture.store().put("a", "2")).isEqualTo(PutStatus.PUT);
      assertThat(events).containsExactly("CREATED a null 1", "UPDATED a 1 2", "EXPIRED a 2 null");
      assertThat(fixture.store().get("a")).isNull();
    }
  }

  @Test
  void put_overAnExpiredRow_createsWithoutExpiredEvent() throws Exception {
    try (TierFixture fixture = TierFixture.alone(directory, timeToLiveExpiration(MINUTE))) {
      fixture.store().put("a", "1");
      fixture.advance(MINUTE.toMillis());
      List<String> events = fixture.recordEvents();
      fixture.store().put("a", "2");
      assertThat(events).containsExactly("CREATED a null 2");
      assertThat(fixture.store().get("a").creationTime()).isEqualTo(fixture.nowMillis());
    }
  }

  @Test
  void everyOtherOperation_onAnExpiredRow_firesExpiredOnceAndSeesNothing() throws Exception {
    Map<String, Operation> operations = new HashMap<>();
    operations.put("get", store -> assertThat(store.get("a")).isNull());
    operations.put("containsKey", store -> assertThat(store.containsKey("a")).isFalse());
    operations.put("remove", store -> assertThat(store.remove("a")).isFalse());
    operations.put(
        "remove value",
        store -> assertThat(store.remove("a", "1")).isEqualTo(RemoveStatus.KEY_MISSING));
    operations.put("replace", store -> assertThat(store.replace("a", "2")).isNull());
    operations.put(
        "replace value",
        store ->
            assertThat(store.replace("a", "1", "2")).isEqualTo(ReplaceStatus.MISS_NOT_PRESENT));
    operations.put(
        "getAndCompute",
        store -> assertThat(store.getAndCompute("a", (key, value) -> value)).isNull());
    operations.put(
        "computeIfAbsent",
        store -> assertThat(store.computeIfAbsent("a", key -> null)).isNull());
    operations.put(
        "getAll",
        store -> assertThat(store.bulkComputeIfAbsent(
                Set.of("a"), keys -> Map.<String, String>of().entrySet()))
            .containsEntry("a", null));
    for (Map.Entry<String, Operation> operation : operations.entrySet()) {
      try (TierFixture fixture = TierFixture.alone(
          Files.createDirectory(directory.resolve(operation.getKey())),
          timeToLiveExpiration(MINUTE))) {
        fixture.store().put("a", "1");
        fixture.advance(MINUTE.toMillis());
        List<String> events = fixture.recordEvents();
        operation.getValue().on(fixture.store());
        assertThat(events).as(operation.getKey()).containsExactly("EXPIRED a 1 null");
        assertThat(fixture.statistics().entries()).as(operation.getKey()).isZero();
      }
    }
  }

  private interface Operation {
    void on(Store<String, String> store) throws StoreAccessException;
  }

  @ParameterizedTest
  @EnumSource
  void putIfAbsent_presentOrNot_keepsThePresent(Place place) throws Exception {
    try (TierFixture fixture = fixture(place, ExpiryPolicy.NO_EXPIRY)) {
      List<Boolean> puts = new ArrayList<>();
      assertThat(fixture.store().putIfAbsent("a", "1", puts::add)).isNull();
      assertThat(valueOf(fixture.store().putIfAbsent("a", "2", puts::add))).isEqualTo("1");
      assertThat(valueOf(fixture.store().get("a"))).isEqualTo("1");
      assertThat(puts).as("what each call was told").containsExactly(true, false);
    }
  }

  @ParameterizedTest
  @EnumSource
  void conditionalOperations_compareValues(Place place) throws Exception {
    try (TierFixture fixture = fixture(place, ExpiryPolicy.NO_EXPIRY)) {
      Store<String, String> store = fixture.store();
      assertThat(store.replace("a", "0")).isNull();
      assertThat(store.replace("a", "0", "1")).isEqualTo(ReplaceStatus.MISS_NOT_PRESENT);
      assertThat(store.remove("a", "0")).isEqualTo(RemoveStatus.KEY_MISSING);
      store.put("a", "1");
      assertThat(store.replace("a", "other", "2")).isEqualTo(ReplaceStatus.MISS_PRESENT);
      assertThat(store.replace("a", "1", "2")).isEqualTo(ReplaceStatus.HIT);
      assertThat(valueOf(store.replace("a", "3"))).isEqualTo("2");
      assertThat(store.remove("a", "other")).isEqualTo(RemoveStatus.KEY_PRESENT);
      assertThat(store.remove("a", "3")).isEqualTo(RemoveStatus.REMOVED);
      assertThat(store.remove("a")).isFalse();
      store.put("a", "4");
      assertThat(valueOf(store.getAndPut("a", "5"))).isEqualTo("4");
      assertThat(valueOf(store.getAndRemove("a"))).isEqualTo("5");
      assertThat(store.getAndRemove("a")).isNull();
    }
  }

  @Test
  void remove_valueMismatch_isAnAccess() throws Exception {
    try (TierFixture fixture = TierFixture.alone(directory, timeToIdleExpiration(MINUTE))) {
      fixture.store().put("a", "1");
      fixture.advance(MINUTE.toMillis() - 1);
      fixture.store().remove("a", "other");
      fixture.advance(MINUTE.toMillis() - 1);
      assertThat(fixture.store().containsKey("a")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void computeAndGet_resultDecides(Place place) throws Exception {
    try (TierFixture fixture = fixture(place, ExpiryPolicy.NO_EXPIRY)) {
      List<String> events = fixture.recordEvents();
      Store<String, String> store = fixture.store();
      assertThat(valueOf(store.computeAndGet("a", (k, v) -> k + v, () -> true, () -> false)))
          .isEqualTo("anull");
      assertThat(valueOf(store.computeAndGet("a", (k, v) -> v, () -> false, () -> false)))
          .isEqualTo("anull");
      assertThat(events).containsExactly("CREATED a null anull");
      store.computeAndGet("a", (k, v) -> v, () -> true, () -> false);
      assertThat(store.computeAndGet("a", (k, v) -> null, () -> true, () -> false))
          .isNull();
      assertThat(events)
          .containsExactly("CREATED a null anull", "UPDATED a anull anull", "REMOVED a anull null");
    }
  }

  @Test
  void compute_functionFails_changesNothingAndPassesItsExceptionThrough() throws Exception {
    try (TierFixture fixture = TierFixture.alone(directory, ExpiryPolicy.NO_EXPIRY)) {
      fixture.store().put("a", "1");
      List<String> events = fixture.recordEvents();
      var failure = new IllegalStateException("the user's own");
      assertThatThrownBy(() -> fixture.store().getAndCompute("a", (key, value) -> {
            throw new StorePassThroughException(failure);
          }))
          .isSameAs(failure);
      assertThatThrownBy(() -> fixture.store().getAndCompute("a", (key, value) -> {
            throw failure;
          }))
          .isInstanceOf(StoreAccessException.class)
          .hasCause(failure);
      assertThat(valueOf(fixture.store().get("a"))).isEqualTo("1");
      assertThat(events).isEmpty();
    }
  }

  /** The inner write is the older one: the computation returns after it. */
  @Test
  void compute_functionWritesTheSameKey_itsResultWins() throws Exception {
    try (TierFixture fixture = TierFixture.alone(directory, ExpiryPolicy.NO_EXPIRY)) {
      List<String> calls = new ArrayList<>();
      fixture.store().getAndCompute("a", (key, value) -> {
        calls.add(key);
        try {
          fixture.store().put("a", "inner");
        } catch (StoreAccessException e) {
          throw new StorePassThroughException(e);
        }
        return "outer";
      });
      assertThat(valueOf(fixture.store().get("a"))).isEqualTo("outer");
      assertThat(calls).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void computeIfAbsent_loadsOnce(Place place) throws Exception {
    try (TierFixture fixture = fixture(place, ExpiryPolicy.NO_EXPIRY)) {
      assertThat(valueOf(fixture.store().computeIfAbsent("a", key -> "loaded")))
          .isEqualTo("loaded");
      assertThat(valueOf(fixture.store().computeIfAbsent("a", key -> "again"))).isEqualTo("loaded");
      assertThat(fixture.store().computeIfAbsent("b", key -> null)).isNull();
      assertThat(fixture.store().containsKey("b")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void bulkCompute_callsTheFunctionOncePerKey(Place place) throws Exception {
    try (TierFixture fixture = fixture(place, ExpiryPolicy.NO_EXPIRY)) {
      Set<String> keys = new LinkedHashSet<>();
      for (int i = 0; i < 600; i++) {
        keys.add("k" + i);
      }
      fixture.store().put("k0", "old");
      List<String> asked = new ArrayList<>();
      Map<String, ValueHolder<String>> result = fixture.store().bulkCompute(keys, entries -> {
        Map<String, String> computed = new HashMap<>();
        entries.forEach(entry -> {
          asked.add(entry.getKey());
          computed.put(entry.getKey(), entry.getKey().equals("k0") ? null : entry.getKey() + "!");
        });
        return computed.entrySet();
      });
      assertThat(asked).containsExactlyInAnyOrderElementsOf(keys);
      assertThat(result).hasSize(600).containsEntry("k0", null);
      assertThat(fixture.store().containsKey("k0")).isFalse();
      assertThat(valueOf(fixture.store().get("k599"))).isEqualTo("k599!");
      assertThat(fixture.reopen().statistics().entries()).isEqualTo(599);
    }
  }

  @Test
  void bulkCompute_functionFailsAtTheThirdKey_keepsTheFirstTwo() throws Exception {
    try (TierFixture fixture = TierFixture.alone(directory, ExpiryPolicy.NO_EXPIRY)) {
      Set<String> keys = new LinkedHashSet<>(List.of("a", "b", "c", "d"));
      assertThatThrownBy(() -> fixture.store().bulkCompute(keys, entries -> {
            String key = entries.iterator().next().getKey();
            if (key.equals("c")) {
              throw new StorePassThroughException(new IllegalStateException("writer"));
            }
            return Map.of(key, "1").entrySet();
          }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(fixture.store().containsKey("b")).isTrue();
      assertThat(fixture.store().containsKey("c")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void bulkComputeIfAbsent_asksForTheAbsentInOneCall(Place place) throws Exception {
    try (TierFixture fixture = fixture(place, ExpiryPolicy.NO_EXPIRY)) {
      fixture.store().put("a", "1");
      List<List<String>> asked = new ArrayList<>();
      var result = fixture
          .store()
          .bulkComputeIfAbsent(new LinkedHashSet<>(List.of("a", "b", "c")), keys -> {
            List<String> absent = new ArrayList<>();
            keys.forEach(absent::add);
            asked.add(absent);
            Map<String, String> loaded = new HashMap<>();
            loaded.put("b", "2");
            loaded.put("c", null);
            return loaded.entrySet();
          });
      assertThat(asked).containsExactly(List.of("b", "c"));
      assertThat(valueOf(result.get("a"))).isEqualTo("1");
      assertThat(valueOf(result.get("b"))).isEqualTo("2");
      assertThat(result).containsEntry("c", null);
      assertThat(fixture.store().containsKey("b")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void iterator_moreThanOnePage_seesEachLiveEntryOnce(Place place) throws Exception {
    try (TierFixture fixture = fixture(place, timeToLiveExpiration(MINUTE))) {
      fixture.store().put("dead", "x");
      fixture.advance(MINUTE.toMillis());
      Set<String> expected = new LinkedHashSet<>();
      for (int i = 0; i < 250; i++) {
        fixture.store().put("k" + i, "v");
        expected.add("k" + i);
      }
      List<String> seen = new ArrayList<>();
      var iterator = fixture.store().iterator();
      while (iterator.hasNext()) {
        seen.add(iterator.next().getKey());
      }
      assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void clear_firesNothingAndLeavesNothing(Place place) throws Exception {
    try (TierFixture fixture = fixture(place, ExpiryPolicy.NO_EXPIRY)) {
      fixture.store().put("a", "1");
      fixture.store().get("a");
      List<String> events = fixture.recordEvents();
      fixture.store().clear();
      assertThat(fixture.store().get("a")).isNull();
      assertThat(events).isEmpty();
    }
  }

  @Test
  void access_shorterExpiry_isObeyedAndSurvivesAReopen() throws Exception {
    try (TierFixture fixture = TierFixture.alone(
        directory,
        expiry().create(Duration.ofHours(1)).access(Duration.ofMillis(50)).build())) {
      fixture.store().put("a", "1");
      fixture.store().get("a");
      fixture.reopen();
      fixture.advance(49);
      assertThat(fixture.store().containsKey("a")).isTrue();
      fixture.advance(1);
      assertThat(fixture.store().containsKey("a")).isFalse();
    }
  }

  @Test
  void access_longerExpiry_survivesAReopen() throws Exception {
    try (TierFixture fixture = TierFixture.alone(directory, timeToIdleExpiration(MINUTE))) {
      fixture.store().put("a", "1");
      fixture.advance(MINUTE.toMillis() - 1);
      fixture.store().get("a");
      fixture.reopen();
      fixture.advance(MINUTE.toMillis() - 1);
      assertThat(fixture.store().containsKey("a")).isTrue();
    }
  }

  @Test
  void access_policyFails_expiresAtOnce() throws Exception {
    ExpiryPolicy<Object, Object> failing = expiry()
        .create(MINUTE)
        .access((key, value) -> {
          throw new IllegalStateException("policy");
        })
        .build();
    try (TierFixture fixture = TierFixture.alone(directory, failing)) {
      List<String> events = fixture.recordEvents();
      fixture.store().put("a", "1");
      assertThat(valueOf(fixture.store().get("a"))).isEqualTo("1");
      assertThat(fixture.store().get("a")).isNull();
      assertThat(events).containsExactly("CREATED a null 1", "EXPIRED a 1 null");
    }
  }

  @Test
  void sweep_expiredRows_firesExpiredAndDeletes() throws Exception {
    try (TierFixture fixture = TierFixture.alone(directory, timeToLiveExpiration(MINUTE))) {
      for (int i = 0; i < 250; i++) {
        fixture.store().put("k" + i, "v");
      }
      fixture.advance(MINUTE.toMillis());
      fixture.store().put("young", "v");
      List<String> events = fixture.recordEvents();
      int swept = 0;
      // A sweep stops when its time is up, and the next one goes on.
      for (int some = 1; some > 0; swept += some) {
        some = fixture.service().sweepExpired("cache");
      }
      assertThat(swept).isEqualTo(250);
      assertThat(events).hasSize(250).allMatch(event -> event.startsWith("EXPIRED k"));
      assertThat(fixture.statistics().entries()).isEqualTo(1);
      assertThat(fixture.statistics().expirations()).isEqualTo(250);
    }
  }

  @Test
  void put_beyondTheLimit_evictsWithEvents() throws Exception {
    try (TierFixture fixture = TierFixture.alone(directory, 10)) {
      List<String> events = fixture.recordEvents();
      for (int i = 0; i < 30; i++) {
        fixture.store().put("k" + i, "v" + i);
      }
      assertThat(events).filteredOn(event -> event.startsWith("EVICTED")).hasSize(20);
      assertThat(fixture.statistics().evictions()).isEqualTo(20);
      assertThat(fixture.statistics().entries()).isEqualTo(10);
    }
  }

  @Test
  void statistics_operations_areCounted() throws Exception {
    try (TierFixture fixture = TierFixture.alone(directory, ExpiryPolicy.NO_EXPIRY)) {
      fixture.store().put("a", "1");
      fixture.store().get("a");
      fixture.store().get("b");
      fixture.store().remove("a");
      TierStatistics statistics = fixture.statistics();
      assertThat(statistics).isEqualTo(new TierStatistics(1, 1, 1, 1, 0, 0, 0, 0, 0, 0));
    }
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void arguments_nullOrOfAnotherType_areRefused() {
    try (TierFixture fixture = TierFixture.alone(directory, ExpiryPolicy.NO_EXPIRY)) {
      Store raw = fixture.store();
      assertThatThrownBy(() -> raw.get(null)).isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> raw.put("a", null)).isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> raw.get(1)).isInstanceOf(ClassCastException.class);
      assertThatThrownBy(() -> raw.put("a", 1)).isInstanceOf(ClassCastException.class);
    }
  }
}
