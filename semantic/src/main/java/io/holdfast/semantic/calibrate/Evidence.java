package io.holdfast.semantic.calibrate;

/**
 * One judged pair of questions.
 *
 * @param score of the verifier; higher is surer
 * @param shouldMatch whether one answer serves both, as somebody says who knows
 */
public record Evidence(double score, boolean shouldMatch) {
  /**
   * Refuses what cannot be ordered.
   *
   * @throws IllegalArgumentException if the score is not a number
   */
  public Evidence {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("score is not a number");
    }
  }
}
