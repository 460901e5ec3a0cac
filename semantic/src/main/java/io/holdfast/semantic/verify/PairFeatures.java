package io.holdfast.semantic.verify;

import java.util.List;

/** All numbers about a pair that the verifier weighs. */
final class PairFeatures {
  private final List<FeatureGroup> groups;
  private final List<String> names;

  PairFeatures(Lexicon lexicon, WordVectors vectors) {
    this.groups = List.of(
        new SimilarityFeatures(vectors),
        new AlignmentFeatures(vectors),
        new GuardFeatures(lexicon),
        new AxisFeatures(lexicon),
        new OrderFeatures(),
        new OverlapFeatures());
    this.names = groups.stream().flatMap(group -> group.names().stream()).toList();
  }

  List<String> names() {
    return names;
  }

  double[] of(Question a, Question b) {
    return of(new Pair(a, b));
  }

  double[] of(Pair pair) {
    double[] values = new double[names.size()];
    int[] next = {0};
    for (FeatureGroup group : groups) {
      group.fill(pair, value -> values[next[0]++] = value);
    }
    return values;
  }
}
