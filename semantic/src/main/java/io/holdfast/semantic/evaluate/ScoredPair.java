package io.holdfast.semantic.evaluate;

import io.holdfast.semantic.calibrate.Evidence;
import io.holdfast.semantic.pairs.LabelledPair;
import io.holdfast.semantic.verify.Judgement;

/** A labelled pair and what the verifier makes of it. */
public record ScoredPair(LabelledPair pair, Judgement judgement) {

  public boolean shouldMatch() {
    return pair.shouldMatch();
  }

  public double score() {
    return judgement.score();
  }

  public Evidence evidence() {
    return new Evidence(score(), shouldMatch());
  }
}
