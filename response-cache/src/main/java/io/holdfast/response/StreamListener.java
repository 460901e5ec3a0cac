package io.holdfast.response;

/**
 * Receives an answer as it arrives: chunks, then one end. One call at a time, each on some thread that the
 * next chunk waits for, but for nobody else.
 *
 * @param <T> the type of the answers
 */
public interface StreamListener<T> {

  /** The next piece. What is thrown here cancels this listener's part in the stream. */
  void onChunk(String chunk);

  /** The end: the whole answer, as {@link Responses#answer} returns it. */
  void onComplete(Answer<T> answer);

  /** The end: what {@link Responses#answer} would throw. Nothing is stored. */
  void onError(Throwable failure);
}
