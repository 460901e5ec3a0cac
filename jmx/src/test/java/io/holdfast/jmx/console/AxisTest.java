package io.holdfast.jmx.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where values stand and how they are written. */
class AxisTest {

  @ParameterizedTest
  @CsvSource({
    "PERCENT, 0, 0 %",
    "PERCENT, 66.66, 66.7 %",
    "PERCENT, 99.97, 100 %",
    "PER_SECOND, 0.25, 0.3 /s",
    "PER_SECOND, 1234, 1234 /s",
    "PER_SECOND, 45600, 46 k/s",
    "PER_SECOND, 1250000, 1.3 M/s",
    "BYTES, 0, 0 B",
    "BYTES, 1536, 1.5 KiB",
    "BYTES, 1048576, 1 MiB",
    "BYTES, 300000000, 286 MiB",
    "MICROS, 7.25, 7.3 µs",
    "MICROS, 250, 250 µs",
    "MICROS, 1250, 1.3 ms",
    "MICROS, 2500000, 2.5 s"
  })
  void format_isShortAndHasAUnit(Unit unit, double value, String expected) {
    assertThat(unit.format(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "PER_SECOND, 0",
    "PER_SECOND, 777",
    "BYTES, 0",
    "BYTES, 123456789",
    "MICROS, 5",
    "MICROS, 98765"
  })
  void axis_reachesTheLargestValue_withFewDifferentLabels(Unit unit, double max) {
    Axis axis = unit.axis(max);
    assertThat(axis.ticks().get(axis.ticks().size() - 1).value()).isGreaterThanOrEqualTo(max);
    assertThat(axis.ticks()).hasSizeBetween(3, 8);
    assertThat(axis.ticks()).extracting(Axis.Tick::label).doesNotHaveDuplicates();
    assertThat(axis.positionOf(max)).isBetween(0.0, 1.0);
  }

  @Test
  void positionOf_linearAndDecades() {
    assertThat(Unit.PERCENT.axis(0).positionOf(25)).isEqualTo(0.25);
    Axis decades = Unit.MICROS.axis(1000);
    assertThat(decades.positionOf(10)).isCloseTo(1 / 3.0, Offset.offset(1e-9));
    assertThat(decades.positionOf(0)).isZero();
  }

  @Test
  void timeSpan_growsFromAMinuteToTheWindow() {
    assertThat(TimeSpan.of(0, 500_000, 600_000)).isEqualTo(new TimeSpan(440_000, 500_000));
    assertThat(TimeSpan.of(300_000, 500_000, 600_000)).isEqualTo(new TimeSpan(300_000, 500_000));
    assertThat(TimeSpan.of(1, 900_000, 600_000)).isEqualTo(new TimeSpan(300_000, 900_000));
  }

  @Test
  void timeTicks_areRoundAndNoMoreThanAsked() {
    var span = new TimeSpan(1_005_000, 1_605_000);
    assertThat(span.ticks(6))
        .containsExactly(1_080_000L, 1_200_000L, 1_320_000L, 1_440_000L, 1_560_000L);
    assertThat(span.label(1_080_000, ZoneOffset.UTC)).isEqualTo("00:18");
    assertThat(new TimeSpan(0, 60_000).label(10_000, ZoneOffset.UTC)).isEqualTo("00:00:10");
  }
}
