package io.holdfast.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class TargetsTest {
  private static final Figure OURS =
      Figure.cpu("peers.StoreBenchmark.get", Map.of("store", "HOLDFAST"));
  private static final Figure BY_HAND =
      Figure.cpu("peers.StoreBenchmark.get", Map.of("store", "SQLITE_BY_HAND"));
  private static final Map<Figure, Double> MEASURED = Map.of(OURS, 3_000., BY_HAND, 2_000.);

  private static Target wanted(Amount amount, Target.Bound bound, double limit, Unit unit) {
    return new Target("Get", "by hand", amount, bound, limit, unit);
  }

  private static double of(Amount amount) {
    return amount.of(figure -> Objects.requireNonNull(MEASURED.get(figure)));
  }

  /** A renamed benchmark would end a run of many minutes in the middle. */
  @Test
  void all_benchmarksAndParameters_exist() throws Exception {
    for (Target target : Target.all()) {
      for (Figure figure : target.amount().figures()) {
        Declared declared = Declared.of(figure.source().benchmark());
        assertThat(declared).matches(Declared::hasMethod);
        for (Map.Entry<String, String> parameter : figure.source().parameters().entrySet()) {
          assertThat(declared.hasParameter(parameter.getKey())).isTrue();
          assertThat(declared.accepts(parameter.getKey(), parameter.getValue())).isTrue();
        }
      }
    }
  }

  @Test
  void amount_ofTwoFigures_isTheirRatioOrTheirDifferenceForEachUnit() {
    assertThat(of(new Amount.Plain(OURS))).isEqualTo(3_000);
    assertThat(of(new Amount.Ratio(OURS, BY_HAND))).isEqualTo(1.5);
    assertThat(of(new Amount.Difference(OURS, BY_HAND, 100))).isEqualTo(10);
  }

  @Test
  void isMet_onTheLimitOrOnItsGoodSide() {
    Amount ratio = new Amount.Ratio(OURS, BY_HAND);
    Target most = wanted(ratio, Target.Bound.AT_MOST, 1.5, Unit.TIMES);
    assertThat(most.isMet(1.5)).isTrue();
    assertThat(most.isMet(1.51)).isFalse();
    Target least = wanted(ratio, Target.Bound.AT_LEAST, 1.5, Unit.TIMES);
    assertThat(least.isMet(1.5)).isTrue();
    assertThat(least.isMet(1.49)).isFalse();
  }

  @Test
  void markdown_saysWhatIsWantedAndFound_inTheUnit() {
    String page = Targets.markdown(
        "Made so.",
        List.of(
            new Targets.Found(
                wanted(new Amount.Ratio(OURS, BY_HAND), Target.Bound.AT_MOST, 1.1, Unit.TIMES),
                1.5),
            new Targets.Found(
                wanted(new Amount.Plain(OURS), Target.Bound.AT_LEAST, 2_000, Unit.NANOS), 3_000)));
    assertThat(page)
        .contains("| Get | by hand | at most 1.10 x | 1.50 x | **missed** |")
        .contains("| Get | by hand | at least 2.00 µs | 3.00 µs | met |");
  }
}
