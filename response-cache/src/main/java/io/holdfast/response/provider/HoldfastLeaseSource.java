package io.holdfast.response.provider;

import io.holdfast.jcache.Lease;
import io.holdfast.jcache.Leases;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.spi.LeaseSource;
import io.holdfast.response.spi.ResponseLeases;
import java.time.Duration;
import java.util.Optional;
import javax.cache.Cache;

/** The leases of a cache of Holdfast's own provider that is kept in a file. */
public final class HoldfastLeaseSource implements LeaseSource {

  @Override
  public Optional<ResponseLeases> leasesOf(Cache<String, CachedResponse> cache) {
    try {
      return FileLeases.of(cache);
    } catch (NoClassDefFoundError e) {
      // The provider is not on the class path, so the cache is not one of its.
      return Optional.empty();
    }
  }

  /** A class of its own, as only it links to the provider. */
  private record FileLeases(Leases<String, CachedResponse> leases) implements ResponseLeases {

    @SuppressWarnings("unchecked") // they are of the cache's own types
    static Optional<ResponseLeases> of(Cache<String, CachedResponse> cache) {
      try {
        return Optional.of(new FileLeases(cache.unwrap(Leases.class)));
      } catch (IllegalArgumentException e) {
        return Optional.empty(); // as JSR-107 has it for what a cache is not
      }
    }

    @Override
    public Optional<Held> tryAcquire(String key, Duration lease) {
      return leases.tryAcquire(key, lease).map(FileLease::new);
    }
  }

  private record FileLease(Lease<CachedResponse> lease) implements ResponseLeases.Held {

    @Override
    public boolean putIfHeld(CachedResponse response) {
      return lease.putIfHeld(response);
    }

    @Override
    public void close() {
      lease.close();
    }
  }
}
