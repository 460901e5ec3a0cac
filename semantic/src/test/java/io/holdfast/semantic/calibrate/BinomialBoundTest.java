package io.holdfast.semantic.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialBoundTest {

  /** The least numbers of trials that prove a share, as tables of Clopper and Pearson give them. */
  @ParameterizedTest
  @CsvSource({
    "0.01, 0, 299", "0.01, 1, 473", "0.01, 2, 628", "0.01, 3, 773",
    "0.05, 0, 59", "0.05, 1, 93", "0.05, 2, 124", "0.05, 3, 153"
  })
  void upper_atTheLeastNumberOfTrials_justProvesTheShare(double share, long wrong, long trials) {
    assertThat(BinomialBound.upper(wrong, trials, 0.95)).isLessThanOrEqualTo(share);
    assertThat(BinomialBound.upper(wrong, trials - 1, 0.95)).isGreaterThan(share);
  }

  @Test
  void bounds_ofTenInHundred_areThePublishedOnes() {
    assertThat(BinomialBound.lower(10, 100, 0.975)).isCloseTo(0.0490, within(5e-5));
    assertThat(BinomialBound.upper(10, 100, 0.975)).isCloseTo(0.1762, within(5e-5));
  }

  @Test
  void bounds_atTheEnds_areNoneOrAll() {
    assertThat(BinomialBound.upper(0, 0, 0.95)).isOne();
    assertThat(BinomialBound.lower(0, 0, 0.95)).isZero();
    assertThat(BinomialBound.upper(7, 7, 0.95)).isOne();
    assertThat(BinomialBound.lower(0, 7, 0.95)).isZero();
  }

  @Test
  void upper_nonsense_isRefused() {
    assertThatThrownBy(() -> BinomialBound.upper(2, 1, 0.95))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BinomialBound.upper(1, 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
