package io.holdfast.docs.serve;

import java.util.concurrent.Semaphore;

/** Lets so many requests at once wait for a database or a model, and tells the others to come back. */
final class Slots {
  private static final int RETRY_AFTER_SECONDS = 2;

  private final Semaphore free;

  Slots(int count) {
    this.free = new Semaphore(count);
  }

  /** The endpoint within these limits. */
  Endpoint limit(Endpoint endpoint) {
    return exchange -> {
      if (!free.tryAcquire()) {
        throw Problem.unavailable("Too many requests are under way.", RETRY_AFTER_SECONDS);
      }
      try {
        endpoint.answer(exchange);
      } finally {
        free.release();
      }
    };
  }
}
