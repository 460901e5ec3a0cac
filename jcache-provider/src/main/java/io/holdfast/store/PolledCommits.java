package io.holdfast.store;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Notices foreign commits where the log index cannot be mapped. SQLite counts, on the connection that
 * writes, the commits of all others; what they changed it does not say.
 *
 * @see <a href="https://sqlite.org/pragma.html#pragma_data_version">PRAGMA data_version</a>
 */
final class PolledCommits implements CommitSource {
  private final LongSupplier dataVersion;
  private volatile long seen;
  private long lookedUpTo;

  /**
   * Starts at this moment.
   *
   * @param dataVersion asks the connection that writes
   */
  PolledCommits(LongSupplier dataVersion) {
    this.dataVersion = dataVersion;
    this.seen = dataVersion.getAsLong();
    this.lookedUpTo = seen;
  }

  @Override
  public boolean isCurrent() {
    return dataVersion.getAsLong() == seen;
  }

  @Override
  public boolean isSettled() {
    return isCurrent();
  }

  @Override
  public boolean canReadersAsk() {
    return false;
  }

  @Override
  public News look() {
    lookedUpTo = dataVersion.getAsLong();
    return lookedUpTo == seen ? News.NONE : new News(1, false, Map.of());
  }

  @Override
  public void acted() {
    seen = lookedUpTo;
  }
}
