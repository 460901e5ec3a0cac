package io.holdfast.semantic.verify;

import io.holdfast.semantic.verify.VerifierModel.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fits a verifier's weights to rows of features: scales them, sets the priors, hands over to the regression. */
final class ModelFit {
  /** How strongly the weights of scaled features are drawn to zero; chosen by leaving groups out. */
  private static final double PRECISION = 30;

  private static final double KNOWN_PRECISION = 2;
  private static final double LEAST_DEVIATION = 0.05;

  /**
   * What is known before any example was seen, as the mean of a weight: a guard takes enough from the score to forbid; that two
   * questions differ in words of form only adds to it.
   */
  private static final Map<String, Double> KNOWN = Map.of(
      "same-core", 2.0,
      "guard-number", -6.0,
      "guard-name", -3.0,
      "guard-negation", -4.0,
      "guard-prefix", -4.0,
      "guard-opposed", -5.0,
      "guard-direction", -5.0,
      "guard-exchange", -4.0,
      "guard-bound", -4.0);

  private final List<String> names;

  ModelFit(List<String> names) {
    this.names = names;
  }

  /** A scale and a weight per feature; the bias last. */
  record Fitted(List<Feature> features, double bias) {}

  Fitted fit(List<double[]> rows, List<Boolean> labels) {
    int size = names.size();
    double[] means = new double[size];
    double[] deviations = new double[size];
    double[] priors = new double[size];
    double[] precisions = new double[size];
    for (int i = 0; i < size; i++) {
      Double known = KNOWN.get(names.get(i));
      priors[i] = known == null ? 0 : known;
      precisions[i] = known == null ? PRECISION : KNOWN_PRECISION;
      means[i] = known == null ? mean(rows, i) : 0;
      deviations[i] = known == null ? deviation(rows, i, means[i]) : 1;
    }
    double[][] scaled = new double[rows.size()][size];
    boolean[] answers = new boolean[rows.size()];
    for (int r = 0; r < scaled.length; r++) {
      answers[r] = labels.get(r);
      for (int i = 0; i < size; i++) {
        scaled[r][i] = (rows.get(r)[i] - means[i]) / deviations[i];
      }
    }
    double[] weights = new LogisticRegression(priors, precisions).fit(scaled, answers);
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      features.add(new Feature(names.get(i), means[i], deviations[i], weights[i]));
    }
    return new Fitted(features, weights[size]);
  }

  private static double mean(List<double[]> rows, int column) {
    return rows.stream().mapToDouble(row -> row[column]).average().orElse(0);
  }

  private static double deviation(List<double[]> rows, int column, double mean) {
    double squares = rows.stream()
        .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
        .average()
        .orElse(0);
    return squares < 1e-18 ? 1 : Math.max(LEAST_DEVIATION, Math.sqrt(squares));
  }
}
