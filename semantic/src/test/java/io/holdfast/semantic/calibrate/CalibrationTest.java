package io.holdfast.semantic.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.semantic.calibrate.Decision.Refuse;
import io.holdfast.semantic.calibrate.Decision.Serve;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  @Test
  void needed_isWhatTheExactBoundTakes() {
    assertThat(Calibration.maxFalseHitRate(0.01).needed()).isEqualTo(299);
    assertThat(Calibration.maxFalseHitRate(0.05).needed()).isEqualTo(59);
    assertThat(Calibration.maxFalseHitRate(0.01).confidence(0.99).needed()).isEqualTo(459);
  }

  @Test
  void decide_withoutEvidence_refuses() {
    Decision decision = Calibration.maxFalseHitRate(0.01).decide(List.of());
    assertThat(decision).isInstanceOf(Refuse.class);
    assertThat(decision.serves(Double.MAX_VALUE)).isFalse();
  }

  @Test
  void decide_onePairLessThanNeeded_refuses() {
    assertThat(Calibration.maxFalseHitRate(0.05).decide(right(58))).isInstanceOf(Refuse.class);
    assertThat(Calibration.maxFalseHitRate(0.05).decide(right(59))).isInstanceOf(Serve.class);
  }

  @Test
  void decide_wrongOnesAmongTheSurest_refusesAndTellsThem() {
    List<Evidence> evidence = new ArrayList<>(right(300));
    evidence.add(new Evidence(1000, false));
    Decision decision = Calibration.maxFalseHitRate(0.05).decide(evidence);
    assertThat(decision).isInstanceOfSatisfying(Refuse.class, refuse -> {
      assertThat(refuse.tested()).isEqualTo(59);
      assertThat(refuse.wrong()).isOne();
      assertThat(refuse.evidence()).isEqualTo(301);
    });
  }

  @Test
  void decide_wrongOnesAmongTheLeastSure_stopsBeforeThem() {
    List<Evidence> evidence = new ArrayList<>(right(300));
    for (int i = 0; i < 100; i++) {
      evidence.add(new Evidence(-i - 1, false));
    }
    Decision decision = Calibration.maxFalseHitRate(0.05).decide(evidence);
    assertThat(decision).isInstanceOfSatisfying(Serve.class, serve -> {
      assertThat(serve.upperBound()).isLessThanOrEqualTo(0.05);
      assertThat(serve.served()).isGreaterThan(250);
      assertThat(serve.serves(serve.threshold())).isTrue();
      assertThat(serve.serves(Math.nextDown(serve.threshold()))).isFalse();
    });
    assertThat(decision.serves(-50)).isFalse();
  }

  @Test
  void decide_pairsThatWereNotJudged_areNeverServed() {
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      evidence.add(new Evidence(Double.NEGATIVE_INFINITY, true));
    }
    assertThat(Calibration.maxFalseHitRate(0.05).decide(evidence)).isInstanceOf(Refuse.class);
  }

  @Test
  void decide_tiedScores_areServedTogetherOrNotAtAll() {
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      evidence.add(new Evidence(1, i % 2 == 0));
    }
    assertThat(Calibration.maxFalseHitRate(0.05).decide(evidence)).isInstanceOf(Refuse.class);
  }

  /** The promise itself: in at most one run of twenty the true rate may exceed it. Three standard errors are allowed for. */
  @Test
  void decide_manyDrawsOfEvidence_keepsThePromiseAsOftenAsItSays() {
    Random random = new Random(42);
    Calibration calibration = Calibration.maxFalseHitRate(0.05);
    int runs = 2000;
    int broken = 0;
    int serving = 0;
    for (int run = 0; run < runs; run++) {
      Decision decision = calibration.decide(draw(random));
      if (decision instanceof Serve serve) {
        serving++;
        broken += trueFalseHitRate(serve.threshold()) > 0.05 ? 1 : 0;
      }
    }
    assertThat(serving).isGreaterThan(runs / 2);
    assertThat((double) broken / runs).isLessThan(0.05 + 3 * Math.sqrt(0.05 * 0.95 / runs));
  }

  /** Scores are even over 0 to 1, and a pair of score s is wrong with probability (1 - s) / 4. */
  private static List<Evidence> draw(Random random) {
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < 800; i++) {
      double score = random.nextDouble();
      evidence.add(new Evidence(score, random.nextDouble() >= (1 - score) / 4));
    }
    return evidence;
  }

  /** The mean of (1 - s) / 4 over the scores that are served. */
  private static double trueFalseHitRate(double threshold) {
    return (1 - threshold) / 8;
  }

  private static List<Evidence> right(int count) {
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      evidence.add(new Evidence(i, true));
    }
    return evidence;
  }

  @Test
  void maxFalseHitRate_nonsense_isRefused() {
    assertThatThrownBy(() -> Calibration.maxFalseHitRate(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Calibration.maxFalseHitRate(0.1).confidence(1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Evidence(Double.NaN, true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
