package io.holdfast.jmx.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the tab makes of readings that follow one another. */
class HistoryTest {

  private final History history = new History();

  private static Numbers cache(double heapHits, double hits, double misses) {
    return new Numbers(Map.of("HeapHitCount", heapHits, "HitCount", hits, "MissCount", misses));
  }

  private void read(long atMillis, Map<String, Numbers> caches) {
    history.add(new Snapshot(
        atMillis, new TreeMap<>(caches), new TreeMap<>(), new TreeMap<>(), new TreeMap<>()));
  }

  @Test
  void twoReadings_giveRatesBetweenThem() {
    read(1000, Map.of("a", cache(100, 200, 50)));
    read(3000, Map.of("a", cache(110, 230, 60)));
    CacheHistory a = history.cache("a");
    assertThat(a.heapHits().last()).isEqualTo(5);
    assertThat(a.fileHits().last()).isEqualTo(10);
    assertThat(a.misses().last()).isEqualTo(5);
    assertThat(a.hitPercentage().last()).isEqualTo(75);
  }

  @Test
  void allCaches_areTheSumOfThoseThatFollow() {
    read(1000, Map.of("a", cache(0, 0, 0)));
    // A cache of long standing appears: what it did before is not of this interval.
    read(2000, Map.of("a", cache(3, 3, 1), "b", cache(1000, 1000, 0)));
    assertThat(history.allCaches().hitPercentage().last()).isEqualTo(75);
    read(3000, Map.of("a", cache(3, 3, 1), "b", cache(1000, 1000, 4)));
    assertThat(history.allCaches().hitPercentage().last()).isZero();
    assertThat(history.allCaches().misses().last()).isEqualTo(4);
  }

  @Test
  void countersThatStartAgain_interruptTheLine() {
    read(1000, Map.of("a", cache(10, 10, 10)));
    read(2000, Map.of("a", cache(1, 1, 1)));
    assertThat(history.cache("a").hitPercentage().last()).isNaN();
    read(3000, Map.of("a", cache(2, 2, 1)));
    assertThat(history.cache("a").hitPercentage().last()).isEqualTo(100);
  }

  @Test
  void noLookUps_thereIsNoRatio() {
    read(1000, Map.of("a", cache(1, 1, 1)));
    read(2000, Map.of("a", cache(1, 1, 1)));
    assertThat(history.cache("a").hitPercentage().last()).isNaN();
    assertThat(history.cache("a").misses().last()).isZero();
  }

  @Test
  void beanGoesAndComesBack_theLineHasAGap() {
    read(1000, Map.of("a", cache(0, 0, 0)));
    read(2000, Map.of("a", cache(1, 1, 0)));
    read(3000, Map.of());
    assertThat(history.cacheNames()).isEmpty();
    assertThat(history.cache("a").heapHits().last()).isNaN();
    read(4000, Map.of("a", cache(5, 5, 0)));
    assertThat(history.cache("a").heapHits().last()).isNaN();
    read(5000, Map.of("a", cache(6, 6, 0)));
    assertThat(history.cache("a").heapHits().last()).isEqualTo(1);
    assertThat(history.cache("a").heapHits().value(1)).isEqualTo(1);
  }

  @Test
  void applicationDoesNotAnswer_whatWasSeenStays_andWhatComesIsNotJoined() {
    read(1000, Map.of("a", cache(0, 0, 0)));
    read(2000, Map.of("a", cache(1, 1, 0)));
    history.disconnected(3000);
    assertThat(history.cacheNames()).containsExactly("a");
    assertThat(history.lastMillis()).isEqualTo(2000);
    assertThat(history.cache("a").heapHits().last()).isNaN();
    read(4000, Map.of("a", cache(9, 9, 0)));
    assertThat(history.cache("a").heapHits().last()).isNaN();
  }

  @Test
  void attributeThatTheBeanLacks_isNotMeasured() {
    history.add(new Snapshot(
        1000,
        new TreeMap<>(),
        new TreeMap<>(Map.of("f.db", new Numbers(Map.of("FileBytes", 5.0)))),
        new TreeMap<>(),
        new TreeMap<>()));
    assertThat(history.file("f.db").of("FileBytes").last()).isEqualTo(5);
    assertThat(history.file("f.db").of("WalBytes").last()).isNaN();
  }

  @Test
  void manyBeansComeAndGo_theyAreNotRememberedForEver() {
    for (int i = 0; i < 3 * History.MAX_BEANS; i++) {
      read(1000L * (i + 1), Map.of("cache " + i, cache(i, i, i)));
    }
    assertThat(history.cache("cache 0").heapHits().size()).isZero();
  }

  @Test
  void sameDriftInManyReadings_countsOnce_newestFirst() {
    var first = new Drift(10, "shop", "T", "T: created", false, "h1");
    var second = new Drift(20, "shop", "T", "T: column added", true, "h2");
    for (List<Drift> recent : List.of(List.of(first), List.of(second, first), List.of(second))) {
      var state = new DatabaseState(new Numbers(Map.of()), "abc", recent);
      history.add(new Snapshot(
          1000,
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(Map.of("shop", state)),
          new TreeMap<>()));
    }
    assertThat(history.drifts()).containsExactly(second, first);
  }

  @Test
  void driftsBeyondTheCapacity_theOldestGo() {
    var log = new DriftLog();
    for (int i = 0; i < DriftLog.CAPACITY + 5; i++) {
      log.add(List.of(new Drift(i, "shop", "T", "T", false, "")));
    }
    assertThat(log.newestFirst()).hasSize(DriftLog.CAPACITY);
    assertThat(log.newestFirst().get(DriftLog.CAPACITY - 1).atMillis()).isEqualTo(5);
  }
}
