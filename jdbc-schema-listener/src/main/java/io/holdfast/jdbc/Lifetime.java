package io.holdfast.jdbc;

/** What somebody else has to know about a listening connection's end. */
interface Lifetime {

  /** The driver's object is about to be closed or aborted. */
  default void ending() {}

  /**
   * Whether nothing can be open any more after it. Closing a handle may leave the transaction as it is:
   * pgjdbc's XA connection commits it when the next handle is made.
   */
  default boolean isPhysical() {
    return true;
  }

  /** It is closed, and what was pending is settled; may be told more than once. */
  void over();

  /** A statement was prepared that a pool may want to hear of. */
  default void prepared(ListeningPreparedStatement statement) {}
}
