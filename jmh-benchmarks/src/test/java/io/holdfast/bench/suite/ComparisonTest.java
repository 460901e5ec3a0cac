package io.holdfast.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compared is there: a renamed benchmark would be left out without a word. */
final class ComparisonTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void chosen_benchmarksParametersAndBaselines_exist(boolean quick) throws Exception {
    for (Comparison comparison : Comparison.chosen(quick)) {
      Declared declared = Declared.of(comparison.benchmark());
      assertThat(declared).matches(Declared::hasMethod);
      assertThat(declared.hasParameter(comparison.peerParameter())).isTrue();
      assertThat(declared.valuesOf(comparison.peerParameter()))
          .contains(comparison.baseline(), "HOLDFAST");
      for (String parameter : comparison.parameters().keySet()) {
        assertThat(declared.hasParameter(parameter)).isTrue();
      }
    }
  }
}
