package io.holdfast.jcache;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times of creation, access and expiry are the entry's own: they outlive the process and run on while it is down. */
final class ExpiryAcrossRestartsTest {
  /** Lives that all policies of these tests give. */
  private static final Duration TEN_MINUTES = Duration.TEN_MINUTES;

  @TempDir
  Path directory;

  private final MovingClock clock = new MovingClock();

  private enum Use {
    NONE,
    ACCESS,
    ACCESS_IN_HEAP,
    UPDATE;

    void on(Cache<String, String> cache) {
      switch (this) {
        case NONE -> {}
        case ACCESS -> cache.get("a");
        case ACCESS_IN_HEAP -> {
          cache.get("a");
          cache.get("a");
        }
        case UPDATE -> cache.put("a", "2");
      }
    }
  }

  private enum Policy {
    CREATED,
    ACCESSED,
    MODIFIED,
    TOUCHED,
    ETERNAL;

    Factory<ExpiryPolicy> factory() {
      return switch (this) {
        case CREATED -> CreatedExpiryPolicy.factoryOf(TEN_MINUTES);
        case ACCESSED -> AccessedExpiryPolicy.factoryOf(TEN_MINUTES);
        case MODIFIED -> ModifiedExpiryPolicy.factoryOf(TEN_MINUTES);
        case TOUCHED -> TouchedExpiryPolicy.factoryOf(TEN_MINUTES);
        case ETERNAL -> EternalExpiryPolicy.factoryOf();
      };
    }
  }

  private static Cache<String, String> words(ManagerFixture fixture, Policy policy) {
    return words(fixture, "words", policy);
  }

  private static Cache<String, String> words(ManagerFixture fixture, String name, Policy policy) {
    return fixture
        .manager()
        .createCache(
            name,
            HoldfastConfiguration.builder(String.class, String.class)
                .expiry(policy.factory())
                .build());
  }

  /** A cache of its own for each: put at minute 0, used at minute 4, closed at minute 5. */
  private record Life(Policy policy, Use use, int deadAtMinute) {
    Cache<String, String> cache(ManagerFixture fixture) {
      return words(fixture, policy + " " + use, policy);
    }
  }

  private static final List<Life> LIVES = List.of(
      new Life(Policy.CREATED, Use.NONE, 10),
      new Life(Policy.CREATED, Use.ACCESS, 10),
      new Life(Policy.CREATED, Use.UPDATE, 10),
      new Life(Policy.ACCESSED, Use.NONE, 10),
      new Life(Policy.ACCESSED, Use.ACCESS, 14),
      new Life(Policy.ACCESSED, Use.ACCESS_IN_HEAP, 14),
      new Life(Policy.ACCESSED, Use.UPDATE, 10),
      new Life(Policy.MODIFIED, Use.ACCESS, 10),
      new Life(Policy.MODIFIED, Use.UPDATE, 14),
      new Life(Policy.TOUCHED, Use.NONE, 10),
      new Life(Policy.TOUCHED, Use.ACCESS_IN_HEAP, 14),
      new Life(Policy.TOUCHED, Use.UPDATE, 14));

  @Test
  void entry_usedThenProcessDown_diesWhenItsPolicySaid() {
    try (var fixture = ManagerFixture.onFile(directory, clock)) {
      List<Cache<String, String>> before =
          LIVES.stream().map(life -> life.cache(fixture)).toList();
      before.forEach(cache -> cache.put("a", "1"));
      clock.advance(ofMinutes(4));
      for (int i = 0; i < LIVES.size(); i++) {
        LIVES.get(i).use().on(before.get(i));
      }
      clock.advance(ofMinutes(1));
      fixture.reopen();
      List<Cache<String, String>> after =
          LIVES.stream().map(life -> life.cache(fixture)).toList();
      clock.advance(ofMinutes(5).minusMillis(1));
      requireAliveUntil(10, after, true);
      clock.advance(ofMillis(1));
      requireAliveUntil(10, after, false);
      clock.advance(ofMinutes(4).minusMillis(1));
      requireAliveUntil(14, after, true);
      clock.advance(ofMillis(1));
      requireAliveUntil(14, after, false);
    }
  }

  private static void requireAliveUntil(
      int minute, List<Cache<String, String>> caches, boolean isAlive) {
    for (int i = 0; i < LIVES.size(); i++) {
      if (LIVES.get(i).deadAtMinute() == minute) {
        assertThat(caches.get(i).containsKey("a")).as("%s", LIVES.get(i)).isEqualTo(isAlive);
      }
    }
  }

  @Test
  void eternalEntry_usedThenProcessDownForAYear_isThere() {
    try (var fixture = ManagerFixture.onFile(directory, clock)) {
      Cache<String, String> cache = words(fixture, Policy.ETERNAL);
      cache.put("a", "1");
      cache.put("a", "2");
      cache.get("a");
      fixture.reopen();
      clock.advance(java.time.Duration.ofDays(365));
      assertThat(words(fixture, Policy.ETERNAL).get("a")).isEqualTo("2");
    }
  }

  @Test
  void creationAndAccessTimes_surviveARestart() throws SQLException {
    try (var fixture = ManagerFixture.onFile(directory, clock)) {
      Cache<String, String> cache = words(fixture, Policy.ETERNAL);
      cache.put("a", "1");
      clock.advance(ofMinutes(1));
      cache.put("a", "2");
      clock.advance(ofMinutes(1));
      cache.get("a"); // from the file
      clock.advance(ofMinutes(1));
      cache.get("a"); // in the heap
      fixture.reopen();
      clock.advance(ofMinutes(60));
      words(fixture, Policy.ETERNAL);
      fixture.reopen();
      requireMinutes(fixture, "SELECT created_at_ms FROM entry_1", 0);
      requireMinutes(fixture, "SELECT last_access_at_ms FROM access_1", 3);
    }
  }

  private static void requireMinutes(ManagerFixture fixture, String query, int minutes)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      assertThat(row.getLong(1))
          .as(query)
          .isEqualTo(MovingClock.START_MILLIS + ofMinutes(minutes).toMillis());
    }
  }

  /** What an entry's policy said when it was used counts, not what another policy would have said. */
  @Test
  void createCache_otherPolicyThanBefore_appliesToWhatIsDoneFromNowOn() {
    try (var fixture = ManagerFixture.onFile(directory, clock)) {
      Cache<String, String> eternal = words(fixture, Policy.ETERNAL);
      eternal.put("a", "1");
      eternal.put("b", "1");
      fixture.reopen();
      Cache<String, String> idle = words(fixture, Policy.ACCESSED);
      clock.advance(ofMinutes(60));
      assertThat(idle.get("a")).isEqualTo("1"); // an access: ten minutes from now
      clock.advance(ofMinutes(10));
      assertThat(idle.containsKey("a")).isFalse();
      assertThat(idle.containsKey("b")).isTrue();
    }
  }
}
