package io.holdfast.semantic.verify;

import java.util.List;

/**
 * What the verifier makes of two questions.
 *
 * @param score how sure it is that one answer serves both: higher is surer, {@link Double#NEGATIVE_INFINITY} where it does not
 *     judge at all (a text that is empty, too long, or not English)
 * @param cosine similarity of the two sentences, from -1 to 1
 * @param objections names of the guards that saw a difference, for example {@code number} or {@code negation}
 */
public record Judgement(double score, double cosine, List<String> objections) {
  public Judgement {
    objections = List.copyOf(objections);
  }
}
