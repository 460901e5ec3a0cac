package io.holdfast.response;

import io.holdfast.response.Flight.Landing;

/** Where a call stands after its look-up. */
sealed interface Attempt<T> {

  /** There is an answer, or a failure that is remembered. */
  record Settled<T>(Landing<T> landing) implements Attempt<T> {}

  /** Somebody else is calling. */
  record Joined<T>(Flight<T> flight) implements Attempt<T> {}

  /** It is on us to call. */
  record Leading<T>(Lead<T> lead) implements Attempt<T> {}
}
