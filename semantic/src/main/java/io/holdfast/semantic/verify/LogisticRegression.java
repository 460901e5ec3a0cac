package io.holdfast.semantic.verify;

import java.util.Arrays;

/**
 * Logistic regression with a normal prior on each weight, fitted by Newton's method with halved steps. Deterministic.
 *
 * <p>The prior is how knowledge enters that few examples cannot teach: a guard begins with a weight that forbids.
 */
final class LogisticRegression {
  private static final int MAX_STEPS = 50;
  private static final double CLOSE_ENOUGH = 1e-7;
  /** Almost none: the bias is free. */
  private static final double BIAS_PRECISION = 1e-6;

  private final double[] priorMeans;
  private final double[] priorPrecisions;

  /**
   * Creates a fit to be done.
   *
   * @param priorMeans of each weight
   * @param priorPrecisions of each weight; the inverse of the variance
   */
  LogisticRegression(double[] priorMeans, double[] priorPrecisions) {
    this.priorMeans = Arrays.copyOf(priorMeans, priorMeans.length + 1);
    this.priorPrecisions = Arrays.copyOf(priorPrecisions, priorPrecisions.length + 1);
    this.priorPrecisions[priorPrecisions.length] = BIAS_PRECISION;
  }

  /** Returns the weights, the bias last. */
  double[] fit(double[][] rows, boolean[] labels) {
    double[] weights = priorMeans.clone();
    double loss = loss(weights, rows, labels);
    for (int step = 0; step < MAX_STEPS; step++) {
      double[] direction = direction(weights, rows, labels);
      double length = 1;
      double[] next = moved(weights, direction, length);
      double nextLoss = loss(next, rows, labels);
      while (nextLoss > loss && length > CLOSE_ENOUGH) {
        length /= 2;
        next = moved(weights, direction, length);
        nextLoss = loss(next, rows, labels);
      }
      double gained = loss - nextLoss;
      weights = next;
      loss = nextLoss;
      if (gained < CLOSE_ENOUGH) {
        break;
      }
    }
    return weights;
  }

  static double margin(double[] weights, double[] row) {
    double sum = weights[row.length];
    for (int i = 0; i < row.length; i++) {
      sum += weights[i] * row[i];
    }
    return sum;
  }

  private static double[] moved(double[] weights, double[] direction, double length) {
    double[] moved = weights.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] -= length * direction[i];
    }
    return moved;
  }

  private double loss(double[] weights, double[][] rows, boolean[] labels) {
    double loss = 0;
    for (int r = 0; r < rows.length; r++) {
      double margin = margin(weights, rows[r]);
      loss +=
          Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin))) - (labels[r] ? margin : 0);
    }
    for (int i = 0; i < weights.length; i++) {
      double off = weights[i] - priorMeans[i];
      loss += priorPrecisions[i] * off * off / 2;
    }
    return loss;
  }

  /** The Newton direction: the curvature's inverse times the slope. */
  private double[] direction(double[] weights, double[][] rows, boolean[] labels) {
    int size = weights.length;
    double[] slope = new double[size];
    double[][] curvature = new double[size][size];
    for (int i = 0; i < size; i++) {
      slope[i] = priorPrecisions[i] * (weights[i] - priorMeans[i]);
      curvature[i][i] = priorPrecisions[i];
    }
    for (int r = 0; r < rows.length; r++) {
      add(Arrays.copyOf(rows[r], size), margin(weights, rows[r]), labels[r], slope, curvature);
    }
    return solve(curvature, slope);
  }

  private static void add(
      double[] row, double margin, boolean label, double[] slope, double[][] curvature) {
    row[row.length - 1] = 1;
    double share = 1 / (1 + Math.exp(-margin));
    double error = share - (label ? 1 : 0);
    double spread = share * (1 - share);
    for (int i = 0; i < row.length; i++) {
      if (row[i] != 0) {
        slope[i] += error * row[i];
        for (int j = 0; j <= i; j++) {
          curvature[i][j] += spread * row[i] * row[j];
        }
      }
    }
  }

  /** Solves by Cholesky's factors; reads the lower half of the matrix only and overwrites both. */
  private static double[] solve(double[][] matrix, double[] right) {
    int size = right.length;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= matrix[i][k] * matrix[j][k];
        }
        matrix[i][j] = i == j ? Math.sqrt(sum) : sum / matrix[j][j];
      }
    }
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < i; k++) {
        right[i] -= matrix[i][k] * right[k];
      }
      right[i] /= matrix[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int k = i + 1; k < size; k++) {
        right[i] -= matrix[k][i] * right[k];
      }
      right[i] /= matrix[i][i];
    }
    return right;
  }
}
