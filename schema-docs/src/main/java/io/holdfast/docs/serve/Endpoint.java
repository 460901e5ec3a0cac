package io.holdfast.docs.serve;

import java.io.IOException;

/** Answers the requests of one method to one path. Runs on the request's thread, which may block. */
@FunctionalInterface
interface Endpoint {

  /**
   * Answers, or says why not.
   *
   * @throws IOException if the caller is gone
   */
  void answer(Exchange exchange) throws IOException, Problem;
}
