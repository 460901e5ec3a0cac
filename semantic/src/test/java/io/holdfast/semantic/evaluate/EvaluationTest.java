package io.holdfast.semantic.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.semantic.evaluate.Evaluation.Point;
import io.holdfast.semantic.pairs.LabelledPair;
import io.holdfast.semantic.verify.Judgement;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final Evaluation EVALUATION = new Evaluation(List.of(
      pair(true, 3, 0.95),
      pair(true, 2, 0.90),
      pair(false, 1, 0.99, "number"),
      pair(true, 1, 0.50),
      pair(false, -2, 0.93)));

  private static ScoredPair pair(boolean match, double score, double cosine, String... objections) {
    return new ScoredPair(
        new LabelledPair("a", "b", match, "", ""),
        new Judgement(score, cosine, List.of(objections)));
  }

  @Test
  void cosine_atAThreshold_countsWhatItServes() {
    assertThat(EVALUATION.cosine(0.92)).isEqualTo(new Counts(3, 2, 1, 2));
    assertThat(EVALUATION.guarded(0.92)).isEqualTo(new Counts(3, 2, 1, 1));
  }

  @Test
  void curve_tiedScores_areOnePoint() {
    assertThat(EVALUATION.verifierCurve())
        .containsExactly(
            new Point(3, 1 / 3.0, 1),
            new Point(2, 2 / 3.0, 1),
            new Point(1, 1, 0.75),
            new Point(-2, 1, 0.6));
    assertThat(Evaluation.recallAtPrecision(EVALUATION.verifierCurve(), 0.9))
        .isCloseTo(2 / 3.0, within(1e-9));
  }

  @Test
  void shares_ofNothing_areNotNumbers() {
    Counts none = new Counts(3, 0, 0, 0);
    assertThat(none.precision().value()).isNaN();
    assertThat(none.precision().low()).isZero();
    assertThat(none.precision().high()).isOne();
    assertThat(none.recall().value()).isZero();
  }
}
