package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

  private long nowNanos = 5;
  private final Latencies latencies = new Latencies(() -> nowNanos);

  private void record(long nanos) {
    latencies.record(nowNanos - nanos, nowNanos);
  }

  @Test
  void now_nothingRecorded_isNone() {
    assertThat(latencies.now()).isEqualTo(LatencyFigures.NONE);
  }

  @Test
  void now_aHundredDurations_areOrdered() {
    for (int i = 100; i >= 1; i--) {
      record(i * 1000L);
    }
    LatencyFigures figures = latencies.now();
    assertThat(figures.p50Nanos()).isCloseTo(50_000, Percentage.withPercentage(7));
    assertThat(figures.p99Nanos()).isCloseTo(99_000, Percentage.withPercentage(7));
    assertThat(figures.maxNanos()).isCloseTo(100_000, Percentage.withPercentage(7));
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 7, 8, 9, 15, 16, 17, 999, 6_000, 1_000_003, 1L << 40, Long.MAX_VALUE / 2})
  void now_oneDuration_isItWithinAFifteenth(long nanos) {
    record(nanos);
    assertThat((double) latencies.now().maxNanos())
        .isCloseTo((double) nanos, Percentage.withPercentage(100 / 15.0));
  }

  @Test
  void now_twoMinutesLater_whatWasIsForgotten() {
    record(1_000_000);
    nowNanos += Latencies.PERIOD_NANOS;
    record(10);
    assertThat(latencies.now().maxNanos()).isGreaterThan(900_000);
    nowNanos += Latencies.PERIOD_NANOS;
    assertThat(latencies.now().maxNanos()).isEqualTo(10);
    nowNanos += 2 * Latencies.PERIOD_NANOS;
    assertThat(latencies.now()).isEqualTo(LatencyFigures.NONE);
  }

  @Test
  void record_aClockThatStepsBack_countsAsNothing() {
    latencies.record(9, 5);
    assertThat(latencies.now()).isEqualTo(new LatencyFigures(0, 0, 0));
  }
}
