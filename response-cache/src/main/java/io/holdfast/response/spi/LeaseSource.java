package io.holdfast.response.spi;

import io.holdfast.response.CachedResponse;
import java.util.Optional;
import javax.cache.Cache;

/**
 * Knows how the processes that share a cache agree on who computes. Found by {@link
 * java.util.ServiceLoader} through the class loader of this interface. What it or its leases throw is
 * counted and logged, and the call goes on without a lease.
 */
public interface LeaseSource {

  /** The leases of this cache; empty if it is none that this source knows. Asked once per response cache. */
  Optional<ResponseLeases> leasesOf(Cache<String, CachedResponse> cache);
}
