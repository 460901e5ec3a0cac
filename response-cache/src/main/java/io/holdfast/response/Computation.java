package io.holdfast.response;

/**
 * The expensive call. Runs on the caller's thread, under no lock and inside no operation of the
 * cache, for as long as it likes.
 *
 * @param <T> the answer
 * @param <X> what it may throw; for a lambda that throws nothing checked, the compiler finds {@link
 *     RuntimeException}
 */
@FunctionalInterface
public interface Computation<T, X extends Exception> {

  /** The answer, not null. */
  T compute() throws X;
}
