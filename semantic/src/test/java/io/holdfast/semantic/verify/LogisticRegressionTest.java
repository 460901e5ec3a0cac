package io.holdfast.semantic.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

  @Test
  void fit_labelsDrawnFromAModel_findsItAgain() {
    Random random = new Random(1);
    double[][] rows = new double[20_000][2];
    boolean[] labels = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
      double margin = 2 * rows[i][0] - rows[i][1] + 0.5;
      labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-margin));
    }
    double[] weights =
        new LogisticRegression(new double[2], new double[] {0.01, 0.01}).fit(rows, labels);
    assertThat(weights[0]).isCloseTo(2, within(0.1));
    assertThat(weights[1]).isCloseTo(-1, within(0.1));
    assertThat(weights[2]).isCloseTo(0.5, within(0.1));
  }

  @Test
  void fit_featureThatNoRowHas_keepsItsPrior() {
    double[][] rows = {{1, 0}, {-1, 0}, {0.5, 0}, {-0.5, 0}};
    boolean[] labels = {true, false, false, true};
    double[] weights =
        new LogisticRegression(new double[] {0, -5}, new double[] {1, 2}).fit(rows, labels);
    assertThat(weights[1]).isCloseTo(-5, within(1e-9));
  }

  @Test
  void fit_separableRows_staysFinite() {
    double[] weights = new LogisticRegression(new double[] {0}, new double[] {0.1})
        .fit(new double[][] {{1}, {-1}}, new boolean[] {true, false});
    assertThat(weights[0]).isBetween(0.5, 10.0);
  }
}
