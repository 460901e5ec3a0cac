package io.holdfast.response;

/** One listener's part in a stream. */
@FunctionalInterface
public interface StreamHandle {

  /**
   * Ends it: the listener hears nothing any more, not even an end, apart from what it is being told right
   * now. The call is stopped once nobody else waits for its answer, and nothing is stored then. Twice is
   * quiet.
   */
  void cancel();
}
