package io.holdfast.semantic.verify;

import io.holdfast.semantic.Vectors;
import io.holdfast.semantic.verify.Pair.Side;
import java.util.List;
import java.util.function.DoubleConsumer;

/** What each question says that the other does not, and how near the other comes to it. */
final class AlignmentFeatures implements FeatureGroup {
  private final WordVectors vectors;

  AlignmentFeatures(WordVectors vectors) {
    this.vectors = vectors;
  }

  @Override
  public List<String> names() {
    return List.of(
        "alone-fewer",
        "alone-more",
        "alone-weight-less",
        "alone-weight-more",
        "alone-share-less",
        "alone-share-more",
        "gap-context-less",
        "gap-context-more",
        "gap-alone-less",
        "gap-alone-more",
        "gap-both-less",
        "gap-both-more",
        "worst-context",
        "worst-alone",
        "worst-both-other",
        "substitution-context",
        "substitution-alone",
        "substitution-in-place",
        "substitution-in-place-far",
        "substitution-in-place-near");
  }

  @Override
  public void fill(Pair pair, DoubleConsumer values) {
    double[] a = oneSide(pair.a, pair.b);
    double[] b = oneSide(pair.b, pair.a);
    for (int i = 0; i < 6; i++) {
      values.accept(Math.min(a[i], b[i]));
      values.accept(Math.max(a[i], b[i]));
    }
    values.accept(Math.max(a[6], b[6]));
    values.accept(Math.max(a[7], b[7]));
    values.accept(Math.min(a[7], b[7]));
    substitutions(pair, values);
  }

  private double[] oneSide(Side side, Side other) {
    double weight = 0;
    double gapContext = 0;
    double gapAlone = 0;
    double gapBoth = 0;
    double worstContext = 0;
    double worstAlone = 0;
    for (Word word : side.alone) {
      double context = Math.max(0, 1 - other.nearest(word));
      double alone = Math.max(0, 1 - nearestAlone(word, other.question.words()));
      weight += word.weight();
      gapContext += word.weight() * context;
      gapAlone += word.weight() * alone;
      gapBoth += word.weight() * Math.min(context, alone);
      worstContext = Math.max(worstContext, context);
      worstAlone = Math.max(worstAlone, alone);
    }
    double all = Math.max(1e-6, side.weight());
    return new double[] {
      side.alone.size(),
      weight,
      weight / all,
      gapContext,
      gapAlone,
      gapBoth,
      worstContext,
      worstAlone
    };
  }

  private double nearestAlone(Word word, List<Word> others) {
    double best = 0;
    for (Word other : others) {
      if (!other.isFrame()) {
        best = Math.max(best, Vectors.dot(vectors.of(word.text()), vectors.of(other.text())));
      }
    }
    return best;
  }

  private void substitutions(Pair pair, DoubleConsumer values) {
    double context = 0;
    double alone = 0;
    double inPlace = 0;
    double inPlaceFar = 0;
    double inPlaceNear = 0;
    for (Word left : pair.a.alone) {
      for (Word right : pair.b.alone) {
        double c = Vectors.dot(left.vector(), right.vector());
        double s = Vectors.dot(vectors.of(left.text()), vectors.of(right.text()));
        context = Math.max(context, c);
        alone = Math.max(alone, s);
        int shared =
            sharedNeighbours(pair.a.question.words(), left, pair.b.question.words(), right);
        if (shared > 0) {
          inPlace += shared;
          inPlaceFar += shared * (1 - s);
          inPlaceNear = Math.max(inPlaceNear, s);
        }
      }
    }
    values.accept(context);
    values.accept(alone);
    values.accept(inPlace);
    values.accept(inPlaceFar);
    values.accept(inPlaceNear);
  }

  private static int sharedNeighbours(List<Word> as, Word a, List<Word> bs, Word b) {
    int i = as.indexOf(a);
    int j = bs.indexOf(b);
    return (stem(as, i - 1).equals(stem(bs, j - 1)) ? 1 : 0)
        + (stem(as, i + 1).equals(stem(bs, j + 1)) ? 1 : 0);
  }

  private static String stem(List<Word> words, int at) {
    return at < 0 || at >= words.size() ? "" : words.get(at).stem();
  }
}
