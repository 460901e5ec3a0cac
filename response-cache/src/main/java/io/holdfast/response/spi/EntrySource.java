package io.holdfast.response.spi;

import io.holdfast.response.CachedResponse;
import java.util.Optional;
import javax.cache.Cache;

/**
 * Finds out whether the entries of a cache can be read in another way than by its iterator. Found by {@link
 * java.util.ServiceLoader}.
 */
public interface EntrySource {

  /** The entries of this cache, or empty if it has no such way. */
  Optional<ResponseEntries> entriesOf(Cache<String, CachedResponse> cache);
}
