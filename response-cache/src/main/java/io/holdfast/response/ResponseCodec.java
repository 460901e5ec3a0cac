package io.holdfast.response;

import java.util.List;

/**
 * Between a typed answer and the text that is stored. Safe from any thread.
 *
 * @param <T> the type of the answers
 */
public interface ResponseCodec<T> {

  /**
   * Names the form of the payload, shape of the type included. A stored answer of another form is a
   * miss, so a changed type never meets an old payload.
   */
  String format();

  /**
   * The text.
   *
   * @throws RuntimeException if the value cannot be written; it is then not stored, and the caller
   *     still gets it
   */
  String encode(T value);

  /**
   * A new value, unless the type is immutable.
   *
   * @throws RuntimeException if the text does not hold one; the entry then counts as a miss
   */
  T decode(String payload);

  /**
   * The pieces in which a value that did not come as a stream is handed to one. None unless told: then
   * listeners hear of the end only.
   */
  default List<String> chunks(T value) {
    return List.of();
  }

  /** Strings as they are; one is one piece of a stream. */
  static ResponseCodec<String> text() {
    return TextResponseCodec.INSTANCE;
  }

  /**
   * Records, enums, collections and beans as JSON. {@link #format()} carries a hash of the type's
   * shape: a component that is added, renamed or retyped, in this record or in one inside it, makes
   * the stored answers misses.
   */
  static <T> ResponseCodec<T> json(Class<T> type) {
    return new JsonResponseCodec<>(type);
  }
}
