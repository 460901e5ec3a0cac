package io.holdfast.tier;

import org.jspecify.annotations.Nullable;

/**
 * How many entries of {@code getAll} the file gave to the calling thread. Whoever reads through the
 * heap tier learns from it which of its entries the heap had: Ehcache does not count these.
 */
public final class FileAnswers {
  private static final ThreadLocal<long @Nullable []> COUNT = new ThreadLocal<>();

  private FileAnswers() {}

  /** Begins to count in this thread; needs its {@link #forget}. */
  public static void expect() {
    COUNT.set(new long[1]);
  }

  /** The number since {@link #expect}. */
  public static long count() {
    long[] count = COUNT.get();
    return count == null ? 0 : count[0];
  }

  /** Ends counting in this thread. */
  public static void forget() {
    COUNT.remove();
  }

  static void add(long entries) {
    long[] count = COUNT.get();
    if (count != null) {
      count[0] += entries;
    }
  }
}
