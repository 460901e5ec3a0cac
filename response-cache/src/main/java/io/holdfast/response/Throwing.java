package io.holdfast.response;

/**
 * Throws again what another thread's computation threw. The compiler cannot know that callers of one
 * key bring the same computation, and hence may throw the same.
 */
final class Throwing {

  private Throwing() {}

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // that is its purpose
  static <X extends Throwable> X unchanged(Throwable failure) throws X {
    throw (X) failure;
  }
}
