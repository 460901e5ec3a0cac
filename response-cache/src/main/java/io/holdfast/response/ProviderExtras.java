package io.holdfast.response;

import io.holdfast.response.spi.EntrySource;
import io.holdfast.response.spi.LeaseSource;
import io.holdfast.response.spi.ResponseEntries;
import io.holdfast.response.spi.ResponseLeases;
import java.util.Iterator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Asks those that are present for what a cache has beyond JSR-107. A source that fails is logged and passed over. */
final class ProviderExtras {

  private ProviderExtras() {}

  static @Nullable ResponseLeases leasesOf(Cache<String, CachedResponse> cache, OnceLog log) {
    return first(LeaseSource.class, source -> source.leasesOf(cache), log);
  }

  static @Nullable ResponseEntries entriesOf(Cache<String, CachedResponse> cache, OnceLog log) {
    return first(EntrySource.class, source -> source.entriesOf(cache), log);
  }

  private static <S, T> @Nullable T first(
      Class<S> kind, Function<S, Optional<T>> question, OnceLog log) {
    Iterator<S> sources = ServiceLoader.load(kind, kind.getClassLoader()).iterator();
    try {
      while (sources.hasNext()) {
        Optional<T> found = ask(sources, kind, question, log);
        if (found.isPresent()) {
          return found.get();
        }
      }
    } catch (ServiceConfigurationError e) {
      log.warn(kind.getName(), () -> "services cannot be found: " + kind.getName(), e);
    }
    return null;
  }

  private static <S, T> Optional<T> ask(
      Iterator<S> sources, Class<S> kind, Function<S, Optional<T>> question, OnceLog log) {
    try {
      return question.apply(sources.next());
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      log.warn(
          kind.getSimpleName(),
          () -> "a " + kind.getSimpleName() + " failed; calls go on without",
          e);
      return Optional.empty();
    }
  }
}
