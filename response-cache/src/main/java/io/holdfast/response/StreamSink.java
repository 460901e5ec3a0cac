package io.holdfast.response;

/**
 * Told by the call how its answer arrives; by one thread at a time. Whatever comes after the end, or after
 * everybody who listened has cancelled, is passed over.
 *
 * @param <T> the type of the answers
 */
public interface StreamSink<T> {

  /** The next piece. */
  void chunk(String chunk);

  /** The end: the whole answer. It is stored with its pieces. */
  void complete(T answer);

  /** The end: an answer that is good for those who listen, and not worth storing. */
  void completeUnstored(T answer);

  /** The end: it broke. */
  void fail(Throwable failure);

  /** Whether nobody listens any more. */
  boolean isCancelled();

  /** Runs, once, when nobody listens any more: to stop the call. At once if that is so already. */
  void onCancel(Runnable stop);
}
