package io.holdfast.semantic.verify;

import io.holdfast.semantic.Vectors;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;

/** How near the two sentences are as wholes, and how near what is left of them without the words they share. */
final class SimilarityFeatures implements FeatureGroup {
  private final WordVectors vectors;

  SimilarityFeatures(WordVectors vectors) {
    this.vectors = vectors;
  }

  @Override
  public List<String> names() {
    return List.of(
        "cosine",
        "cosine-above-0.9",
        "rest-cosine",
        "rest-one-sided",
        "rest-both-sided",
        "core-cosine");
  }

  @Override
  public void fill(Pair pair, DoubleConsumer values) {
    values.accept(pair.cosine);
    values.accept(Math.max(0, pair.cosine - 0.9) * 10);
    String restA = phrase(pair.a.alone);
    String restB = phrase(pair.b.alone);
    boolean bothRest = !restA.isEmpty() && !restB.isEmpty();
    values.accept(bothRest ? 1 - Vectors.dot(vectors.of(restA), vectors.of(restB)) : 0);
    values.accept(!bothRest && !(restA + restB).isEmpty() ? 1 : 0);
    values.accept(bothRest ? 1 : 0);
    String coreA = core(pair.a.question);
    String coreB = core(pair.b.question);
    values.accept(
        coreA.isEmpty() || coreB.isEmpty()
            ? pair.cosine
            : Vectors.dot(vectors.of(coreA), vectors.of(coreB)));
  }

  private static String core(Question question) {
    return phrase(question.words().stream().filter(w -> !w.isFrame()).toList());
  }

  private static String phrase(List<Word> words) {
    return words.stream().map(Word::text).collect(Collectors.joining(" "));
  }
}
