package io.holdfast.response;

/**
 * Says whether one answer serves two questions: somebody who knows, often another model. What it says is evidence, so it has to
 * be better than the stage that it judges.
 *
 * @param <T> the type of the answers
 */
@FunctionalInterface
public interface SemanticJudge<T> {

  /**
   * Compares what a call brought with what would have been served instead. May take its time: it runs in the background.
   *
   * @param question of the call
   * @param answer that the call brought
   * @param otherQuestion the same in other words, or so it seems
   * @param otherAnswer that would have been served
   * @throws Exception if it cannot tell, which is no evidence and is counted as a failure of the stage
   */
  boolean isSame(String question, T answer, String otherQuestion, T otherAnswer) throws Exception;
}
