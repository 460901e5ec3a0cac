package io.holdfast.semantic.evaluate;

import io.holdfast.semantic.calibrate.Decision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What rules would have served of scored pairs, and the curve of precision over recall. */
public final class Evaluation {
  private final List<ScoredPair> pairs;

  public Evaluation(List<ScoredPair> pairs) {
    this.pairs = List.copyOf(pairs);
  }

  /** Cosine similarity at or above a threshold. */
  public Counts cosine(double threshold) {
    return counts(pair -> pair.judgement().cosine() >= threshold);
  }

  /** The same, and no guard objects. */
  public Counts guarded(double threshold) {
    return counts(pair ->
        pair.judgement().cosine() >= threshold && pair.judgement().objections().isEmpty());
  }

  /** The verifier at a calibrated point. */
  public Counts verified(Decision decision) {
    return counts(pair -> decision.serves(pair.score()));
  }

  private Counts counts(Predicate<ScoredPair> rule) {
    long positives = pairs.stream().filter(ScoredPair::shouldMatch).count();
    long right =
        pairs.stream().filter(pair -> pair.shouldMatch() && rule.test(pair)).count();
    long wrong =
        pairs.stream().filter(pair -> !pair.shouldMatch() && rule.test(pair)).count();
    return new Counts(positives, pairs.size() - positives, right, wrong);
  }

  /**
   * A point of the curve.
   *
   * @param threshold the least score served there
   */
  public record Point(double threshold, double recall, double precision) {}

  /** Every point of the verifier's curve, the strictest first. */
  public List<Point> verifierCurve() {
    return curve(ScoredPair::score);
  }

  /** Every point of the curve of plain cosine similarity. */
  public List<Point> cosineCurve() {
    return curve(pair -> pair.judgement().cosine());
  }

  private List<Point> curve(ToDoubleFunction<ScoredPair> score) {
    List<ScoredPair> surest = pairs.stream()
        .filter(pair -> score.applyAsDouble(pair) > Double.NEGATIVE_INFINITY)
        .sorted(Comparator.comparingDouble(score).reversed())
        .toList();
    long positives = pairs.stream().filter(ScoredPair::shouldMatch).count();
    List<Point> points = new ArrayList<>();
    long right = 0;
    for (int i = 0; i < surest.size(); i++) {
      right += surest.get(i).shouldMatch() ? 1 : 0;
      double threshold = score.applyAsDouble(surest.get(i));
      boolean tied = i + 1 < surest.size() && score.applyAsDouble(surest.get(i + 1)) == threshold;
      if (!tied) {
        points.add(new Point(
            threshold, positives == 0 ? 0 : (double) right / positives, (double) right / (i + 1)));
      }
    }
    return points;
  }

  /** The highest recall on a curve at this precision or better; chosen on the labels, so a best case. */
  public static double recallAtPrecision(List<Point> curve, double precision) {
    return curve.stream()
        .filter(p -> p.precision() >= precision)
        .mapToDouble(Point::recall)
        .max()
        .orElse(0);
  }
}
