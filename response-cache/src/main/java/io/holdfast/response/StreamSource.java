package io.holdfast.response;

/**
 * The expensive call of a client whose answer arrives in pieces.
 *
 * @param <T> the type of the answers
 */
@FunctionalInterface
public interface StreamSource<T> {

  /**
   * Starts the call, which tells the sink. May return before the end, or after it. What is thrown here is
   * the end of the stream, like {@link StreamSink#fail}.
   */
  void start(StreamSink<T> sink) throws Exception;
}
