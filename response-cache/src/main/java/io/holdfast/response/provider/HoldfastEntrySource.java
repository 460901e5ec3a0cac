package io.holdfast.response.provider;

import io.holdfast.jcache.StoredEntries;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.spi.EntrySource;
import io.holdfast.response.spi.ResponseEntries;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.cache.Cache;

/** The entries of a cache of Holdfast's own provider that is kept in a file. */
public final class HoldfastEntrySource implements EntrySource {

  @Override
  public Optional<ResponseEntries> entriesOf(Cache<String, CachedResponse> cache) {
    try {
      return FileEntries.of(cache);
    } catch (NoClassDefFoundError e) {
      // The provider is not on the class path, so the cache is not one of its.
      return Optional.empty();
    }
  }

  /** A class of its own, as only it links to the provider. */
  private record FileEntries(StoredEntries<String, CachedResponse> entries)
      implements ResponseEntries {

    @SuppressWarnings("unchecked") // they are of the cache's own types
    static Optional<ResponseEntries> of(Cache<String, CachedResponse> cache) {
      try {
        return Optional.of(new FileEntries(cache.unwrap(StoredEntries.class)));
      } catch (IllegalArgumentException e) {
        return Optional.empty(); // as JSR-107 has it for what a cache is not
      }
    }

    @Override
    public void forEachCreatedSince(
        long sinceMillis, BiConsumer<? super String, ? super CachedResponse> visitor) {
      entries.forEachCreatedSince(sinceMillis, visitor);
    }
  }
}
