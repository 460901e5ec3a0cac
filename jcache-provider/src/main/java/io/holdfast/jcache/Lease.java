package io.holdfast.jcache;

/**
 * The right to compute one entry; see {@link Leases}. Close it, or nobody else gets it while this process
 * runs. Errors as there.
 *
 * @param <V> the type of values
 */
public interface Lease<V> extends AutoCloseable {

  /** A number greater than that of each holder before, for other systems that refuse late writers. */
  long token();

  /**
   * Whether it is still ours: a process that was stopped for longer than the lease may have lost it. One
   * read; what it says may be over with the return.
   */
  boolean isHeld();

  /**
   * Puts the value and ends the lease, in one transaction, provided that the lease is still ours. The
   * value enters the cache like one that was loaded: listeners hear of it, a cache writer does not.
   *
   * @return false if the lease was lost before, or ended by {@code clear}; the cache is as it was
   */
  boolean putIfHeld(V value);

  /** Ends the lease: who waits for it gets it within about 10 ms. Closing twice is quiet. */
  @Override
  void close();
}
