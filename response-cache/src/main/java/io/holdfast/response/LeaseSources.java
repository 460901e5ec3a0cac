package io.holdfast.response;

import io.holdfast.response.spi.LeaseSource;
import io.holdfast.response.spi.ResponseLeases;
import java.util.Iterator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Asks those that are present for the leases of a cache. One that fails is logged and passed over. */
final class LeaseSources {

  private LeaseSources() {}

  static @Nullable ResponseLeases leasesOf(Cache<String, CachedResponse> cache, OnceLog log) {
    Iterator<LeaseSource> sources = ServiceLoader.load(
            LeaseSource.class, LeaseSource.class.getClassLoader())
        .iterator();
    try {
      while (sources.hasNext()) {
        Optional<ResponseLeases> leases = ask(sources, cache, log);
        if (leases.isPresent()) {
          return leases.get();
        }
      }
    } catch (ServiceConfigurationError e) {
      log.warn("lease sources", () -> "sources of leases cannot be found", e);
    }
    return null;
  }

  private static Optional<ResponseLeases> ask(
      Iterator<LeaseSource> sources, Cache<String, CachedResponse> cache, OnceLog log) {
    try {
      return sources.next().leasesOf(cache);
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      log.warn("lease source", () -> "a source of leases failed; calls go on without", e);
      return Optional.empty();
    }
  }
}
