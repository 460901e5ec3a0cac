package io.holdfast.response;

import java.util.concurrent.CompletionStage;

/**
 * The expensive call of a client that answers with a future. It is started on the caller's thread,
 * or, if it takes over from a call that was cancelled, on one of the common pool.
 *
 * @param <T> the answer
 */
@FunctionalInterface
public interface AsyncComputation<T> {

  /** Starts the call. The answer is not null; what is thrown here counts like a stage that fails. */
  CompletionStage<? extends T> start();
}
