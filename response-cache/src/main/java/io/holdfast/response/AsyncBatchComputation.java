package io.holdfast.response;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * One expensive call of a client that answers many questions with one future. It is started on the
 * caller's thread; for a question that somebody else was computing and gave up, on one of the common pool.
 *
 * @param <Q> the questions
 * @param <T> the answers
 */
@FunctionalInterface
public interface AsyncBatchComputation<Q, T> {

  /**
   * Starts the call. It brings an answer to each of these, and none null; what is thrown here counts like
   * a stage that fails.
   *
   * @param questions at least one, in the order they were asked, each once
   */
  CompletionStage<? extends Map<Q, ? extends T>> start(List<Q> questions);
}
