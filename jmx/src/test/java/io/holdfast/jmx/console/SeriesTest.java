package io.holdfast.jmx.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeriesTest {

  private static Series of(int capacity, double... values) {
    var series = new Series(capacity);
    for (int i = 0; i < values.length; i++) {
      series.add(10L * i, values[i]);
    }
    return series;
  }

  @Test
  void add_moreThanFit_theOldestGo() {
    Series series = of(3, 1, 2, 3, 4, 5);
    assertThat(series.size()).isEqualTo(3);
    assertThat(series.value(0)).isEqualTo(3);
    assertThat(series.timeMillis(0)).isEqualTo(20);
    assertThat(series.last()).isEqualTo(5);
  }

  @Test
  void add_aTimeBeforeTheLast_isIgnored() {
    Series series = of(5, 1, 2);
    series.add(9, 7);
    assertThat(series.size()).isEqualTo(2);
    assertThat(series.last()).isEqualTo(2);
  }

  @Test
  void firstFrom_afterWrapping_findsTheTime() {
    Series series = of(4, 0, 1, 2, 3, 4, 5, 6);
    assertThat(series.firstFrom(0)).isZero();
    assertThat(series.firstFrom(40)).isEqualTo(1);
    assertThat(series.firstFrom(41)).isEqualTo(2);
    assertThat(series.firstFrom(61)).isEqualTo(4);
  }

  @Test
  void near_betweenTwoSamples_isTheNearerOne() {
    Series series = of(4, 1, 2, 3);
    assertThat(series.near(-5)).isEqualTo(1);
    assertThat(series.near(4)).isEqualTo(1);
    assertThat(series.near(6)).isEqualTo(2);
    assertThat(series.near(99)).isEqualTo(3);
    assertThat(new Series().near(0)).isNaN();
  }

  @Test
  void maxFrom_passesOverWhatWasNotMeasured() {
    Series series = of(9, 9, Double.NaN, 2, 3, Double.NaN);
    assertThat(series.maxFrom(0)).isEqualTo(9);
    assertThat(series.maxFrom(10)).isEqualTo(3);
    assertThat(series.maxFrom(40)).isNaN();
  }

  @Test
  void value_outside_isRefused() {
    assertThatThrownBy(() -> of(3, 1).value(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
