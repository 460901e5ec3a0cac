package io.holdfast.response.spi;

import io.holdfast.response.CachedResponse;
import java.time.Duration;
import java.util.Optional;

/** Lets one of all the processes that share a cache compute an answer. Safe from any thread. */
public interface ResponseLeases {

  /**
   * Takes the lease of a key if nobody holds it; does not wait.
   *
   * @param lease after which time others may take it once this process is gone; while it runs, the lease
   *     stays with it until it is closed
   */
  Optional<Held> tryAcquire(String key, Duration lease);

  /** A lease that was taken. */
  interface Held extends AutoCloseable {

    /** Stores the answer and ends the lease; false, and nothing stored, if the lease was lost before. */
    boolean putIfHeld(CachedResponse response);

    /** Ends the lease. Twice is quiet. */
    @Override
    void close();
  }
}
