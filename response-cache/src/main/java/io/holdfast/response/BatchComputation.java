package io.holdfast.response;

import java.util.List;
import java.util.Map;

/**
 * One expensive call that answers many questions. Runs on the caller's thread, under no lock.
 *
 * @param <Q> the questions
 * @param <T> the answers
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface BatchComputation<Q, T, X extends Exception> {

  /**
   * An answer to each of these, and none null.
   *
   * @param questions at least one, in the order they were asked, each once
   */
  Map<Q, ? extends T> compute(List<Q> questions) throws X;
}
