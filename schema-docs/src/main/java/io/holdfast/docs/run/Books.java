package io.holdfast.docs.run;

import io.holdfast.response.Prices;
import io.holdfast.response.ResponseCacheBuilder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The books that are kept of what models take.
 *
 * @param prices what tokens cost, or null if nobody says
 * @param ledger where what was spent and saved is written, or null for nowhere
 */
public record Books(@Nullable Prices prices, @Nullable Path ledger) {

  /** Tokens are counted while the cache is open, and that is all. */
  public static final Books NONE = new Books(null, null);

  /** Has this cache keep them. */
  public <T> ResponseCacheBuilder<T> keptBy(ResponseCacheBuilder<T> cache) {
    if (prices != null) {
      cache.prices(prices);
    }
    if (ledger != null) {
      cache.ledger(ledger);
    }
    return cache;
  }
}
