package io.holdfast.semantic.verify;

import java.util.Map;

/**
 * How much a word tells, from how rare its stem is: the inverse document frequency.
 *
 * @param byStem natural logarithms; of common words only
 * @param unknown of all others
 */
record WordWeights(Map<String, Double> byStem, double unknown) {
  WordWeights {
    byStem = Map.copyOf(byStem);
  }

  boolean knows(String stem) {
    return byStem.containsKey(stem);
  }

  double of(String stem) {
    return byStem.getOrDefault(stem, unknown);
  }
}
