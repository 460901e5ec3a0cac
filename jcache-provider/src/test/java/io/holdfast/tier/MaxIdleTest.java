package io.holdfast.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.store.Cell;
import io.holdfast.store.StoredKey;
import io.holdfast.tier.TierFixture.Heap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ehcache.config.builders.ExpiryPolicyBuilder;
import org.ehcache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Entries that nobody used for too long. */
final class MaxIdleTest {
  private static final long MAX_IDLE_MILLIS = 8_000;
  private static final ExpiryPolicy<Object, Object> FOR_EVER =
      ExpiryPolicyBuilder.timeToLiveExpiration(ExpiryPolicy.INFINITE);

  @TempDir
  Path directory;

  private TierFixture alone() {
    return TierFixture.limitingIdleTime(
        directory, Heap.EHCACHES, ExpiryPolicy.NO_EXPIRY, 0, MAX_IDLE_MILLIS);
  }

  private TierFixture underHeap(Heap heap, ExpiryPolicy<Object, Object> expiry) {
    return TierFixture.limitingIdleTime(directory, heap, expiry, 100, MAX_IDLE_MILLIS);
  }

  @Test
  void get_unusedForTooLong_isAMissAndExpires() throws Exception {
    try (TierFixture fixture = alone()) {
      List<String> events = fixture.recordEvents();
      fixture.store().put("a", "1");
      for (int i = 0; i < 3; i++) {
        fixture.advance(MAX_IDLE_MILLIS - 1);
        assertThat(fixture.store().get("a")).as("in use").isNotNull();
      }
      fixture.advance(MAX_IDLE_MILLIS);

      assertThat(fixture.store().containsKey("a")).isFalse();
      assertThat(fixture.store().get("a")).isNull();
      assertThat(events).containsExactly("CREATED a null 1", "EXPIRED a 1 null");
      assertThat(fixture.statistics().entries()).isZero();
    }
  }

  @Test
  void put_existingEntry_isUse() throws Exception {
    try (TierFixture fixture = alone()) {
      fixture.store().put("a", "1");
      fixture.advance(MAX_IDLE_MILLIS - 1);
      fixture.store().put("a", "2");
      fixture.advance(MAX_IDLE_MILLIS - 1);

      assertThat(fixture.store().get("a")).isNotNull();
    }
  }

  @Test
  void sweep_someWereUsed_buriesTheOthers() throws Exception {
    try (TierFixture fixture = alone()) {
      for (int i = 0; i < 2_500; i++) {
        fixture.store().put("key " + i, "value");
      }
      fixture.advance(MAX_IDLE_MILLIS / 2);
      for (int i = 0; i < 2_500; i += 50) {
        fixture.store().get("key " + i);
      }
      fixture.advance(MAX_IDLE_MILLIS / 2);
      int buried = 0;
      for (int round = 0; round < 200 && buried < 2_450; round++) {
        buried += fixture.service().sweepExpired("cache");
      }

      assertThat(buried).isEqualTo(2_450);
      assertThat(fixture.statistics().entries()).isEqualTo(50);
      assertThat(fixture.store().get("key 50")).isNotNull();
    }
  }

  @Test
  void reopen_timeWentOnMeanwhile_countsIt() throws Exception {
    try (TierFixture fixture = alone()) {
      fixture.store().put("used", "1");
      fixture.store().put("unused", "1");
      fixture.advance(MAX_IDLE_MILLIS / 2);
      fixture.store().get("used");
      fixture.reopenAfter(MAX_IDLE_MILLIS / 2);

      assertThat(fixture.store().get("unused")).isNull();
      assertThat(fixture.store().get("used")).isNotNull();
    }
  }

  /** What the heap answers is not heard of below; it must count all the same. */
  @ParameterizedTest
  @EnumSource
  void get_answeredByTheHeapAgainAndAgain_keepsTheEntryAlive(Heap heap) throws Exception {
    try (TierFixture fixture = underHeap(heap, FOR_EVER)) {
      fixture.store().put("a", "1");
      for (int i = 0; i < 100; i++) {
        fixture.advance(MAX_IDLE_MILLIS / 10);
        assertThat(fixture.store().get("a")).isNotNull();
        fixture.service().sweepExpired("cache");
      }
      assertThat(fixture.store().containsKey("a")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void get_copyInTheHeapThatNobodyUsed_isAMiss(Heap heap) throws Exception {
    try (TierFixture fixture = underHeap(heap, FOR_EVER)) {
      fixture.store().put("a", "1");
      assertThat(fixture.store().get("a")).isNotNull();
      fixture.advance(MAX_IDLE_MILLIS);

      assertThat(fixture.store().get("a")).isNull();
    }
  }

  /** What a kill may lose of the accesses that the heap answered. */
  @ParameterizedTest
  @EnumSource
  void get_answeredByTheHeap_isReportedWithinAnEighthOfTheTime(Heap heap) throws Exception {
    try (TierFixture fixture = underHeap(heap, FOR_EVER)) {
      fixture.store().put("a", "1");
      for (int i = 0; i < 500; i++) {
        fixture.advance(MAX_IDLE_MILLIS / 100);
        fixture.store().get("a");
        long reportedAtMillis = fixture
            .service()
            .file()
            .findTable("cache")
            .find(new StoredKey.Canonical(new Cell.Text("a")))
            .lastAccessAtMillis();
        assertThat(fixture.nowMillis() - reportedAtMillis).isLessThanOrEqualTo(MAX_IDLE_MILLIS / 8);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void get_usedEntryOfAPolicy_expiresWhenThePolicySays(Heap heap) throws Exception {
    ExpiryPolicy<Object, Object> policy =
        ExpiryPolicyBuilder.timeToLiveExpiration(Duration.ofMillis(2 * MAX_IDLE_MILLIS));
    try (TierFixture fixture = underHeap(heap, policy)) {
      fixture.store().put("a", "1");
      for (int i = 0; i < 19; i++) {
        fixture.advance(MAX_IDLE_MILLIS / 10);
        assertThat(fixture.store().get("a")).isNotNull();
      }
      fixture.advance(MAX_IDLE_MILLIS / 10);

      assertThat(fixture.store().get("a")).isNull();
    }
  }
}
