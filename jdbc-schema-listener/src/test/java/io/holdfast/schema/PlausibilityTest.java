package io.holdfast.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a catalog may say without being doubted, and when it is believed after all. */
class PlausibilityTest {

  private static final Optional<String> NOT_TOLD = Optional.empty();

  private long nowNanos = TimeUnit.HOURS.toNanos(1);

  private static Set<TableName> tables(int from, int to) {
    var tables = new HashSet<TableName>();
    for (int i = from; i < to; i++) {
      tables.add(new TableName("s", "t" + i));
    }
    return tables;
  }

  private boolean isBelieved(Plausibility judge, int before, int left, Optional<String> sight) {
    return judge.doubt(tables(0, before), tables(0, left), Set.of(), sight, nowNanos) == null;
  }

  private void pass(long seconds) {
    nowNanos += TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void doubt_halfIsLeft_isBelieved() {
    var judge = new Plausibility(/* seesEverything= */ true);
    assertThat(isBelieved(judge, 10, 5, NOT_TOLD)).isTrue();
  }

  @Test
  void doubt_lessThanHalfIsLeft_isBelievedWhenTheSameIsMissingASecondLater() {
    var judge = new Plausibility(/* seesEverything= */ true);
    assertThat(isBelieved(judge, 10, 4, NOT_TOLD)).isFalse();
    assertThat(isBelieved(judge, 10, 4, NOT_TOLD)).isFalse();
    pass(1);
    assertThat(isBelieved(judge, 10, 4, NOT_TOLD)).isTrue();
  }

  @Test
  void doubt_moreIsMissingEachTime_isNotBelieved() {
    var judge = new Plausibility(/* seesEverything= */ true);
    for (int left = 4; left >= 0; left--) {
      assertThat(isBelieved(judge, 10, left, NOT_TOLD)).isFalse();
      pass(1);
    }
    assertThat(isBelieved(judge, 10, 0, NOT_TOLD)).isTrue();
  }

  @Test
  void doubt_backMeanwhile_beginsAnew() {
    var judge = new Plausibility(/* seesEverything= */ true);
    assertThat(isBelieved(judge, 10, 0, NOT_TOLD)).isFalse();
    pass(5);
    assertThat(isBelieved(judge, 10, 10, NOT_TOLD)).isTrue();
    assertThat(isBelieved(judge, 10, 0, NOT_TOLD)).isFalse();
  }

  @Test
  void doubt_ourOwnDropExplainsIt_isBelievedAtOnce() {
    var judge = new Plausibility(/* seesEverything= */ true);
    assertThat(judge.doubt(tables(0, 10), Set.of(), tables(0, 10), NOT_TOLD, nowNanos))
        .isNull();
  }

  @Test
  void doubt_ourOwnDropExplainsAFewOnly_isNotBelieved() {
    var judge = new Plausibility(/* seesEverything= */ true);
    assertThat(judge.doubt(tables(0, 10), Set.of(), tables(0, 2), NOT_TOLD, nowNanos))
        .isEqualTo("implausible: 8 of 10 tables are gone, and nobody was seen dropping them");
  }

  @Test
  void doubt_fewTables_onlyAllOfThemAreAMass() {
    var judge = new Plausibility(/* seesEverything= */ true);
    assertThat(isBelieved(judge, 3, 1, NOT_TOLD)).isTrue();
    assertThat(isBelieved(judge, 3, 0, NOT_TOLD)).isFalse();
    assertThat(isBelieved(judge, 1, 0, NOT_TOLD)).isTrue();
  }

  @Test
  void doubt_missingMayBeInvisible_isBelievedAfterAMinute() {
    var judge = new Plausibility(/* seesEverything= */ false);
    assertThat(isBelieved(judge, 10, 1, NOT_TOLD)).isFalse();
    pass(59);
    assertThat(isBelieved(judge, 10, 1, NOT_TOLD)).isFalse();
    pass(1);
    assertThat(isBelieved(judge, 10, 1, NOT_TOLD)).isTrue();
  }

  @Test
  void doubt_privilegesChanged_noTableIsEverTakenForDropped() {
    var judge = new Plausibility(/* seesEverything= */ false);
    assertThat(isBelieved(judge, 10, 10, Optional.of("all"))).isTrue();
    pass(1_000_000);
    assertThat(isBelieved(judge, 10, 9, Optional.of("few"))).isFalse();
    pass(1_000_000);
    assertThat(isBelieved(judge, 10, 9, Optional.of("few"))).isFalse();
    assertThat(isBelieved(judge, 10, 10, Optional.of("all"))).isTrue();
    assertThat(isBelieved(judge, 10, 9, Optional.of("all"))).isTrue();
  }
}
