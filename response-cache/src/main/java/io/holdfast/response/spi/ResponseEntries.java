package io.holdfast.response.spi;

import io.holdfast.response.CachedResponse;
import java.util.function.BiConsumer;

/** The entries of one cache, of all processes that share it. Safe from any thread. */
public interface ResponseEntries {

  /**
   * Shows the entries that were created at that moment or later, on this thread, in no order. It does not count as
   * accesses, and is cheap where there are few.
   *
   * @param sinceMillis Unix milliseconds, by the clock of whoever wrote; {@link Long#MIN_VALUE} for all
   */
  void forEachCreatedSince(
      long sinceMillis, BiConsumer<? super String, ? super CachedResponse> visitor);
}
