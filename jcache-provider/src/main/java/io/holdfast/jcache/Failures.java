package io.holdfast.jcache;

import io.holdfast.codec.CodecException;
import io.holdfast.encryption.EncryptionException;
import io.holdfast.store.StoreException;
import javax.cache.CacheException;
import org.ehcache.spi.resilience.StoreAccessException;
import org.jspecify.annotations.Nullable;

/** Turns what fails below into the exception that JSR-107 names. */
final class Failures {
  private Failures() {}

  /** A CacheException that names action and cache, and carries the reason the store gave. */
  static CacheException of(String action, String cacheName, Throwable cause) {
    Throwable reason = rootOf(cause);
    return new CacheException(
        "Could not " + action + " (cache '" + cacheName + "'): " + reason.getMessage(), cause);
  }

  /**
   * The exception to throw for one that came out of Ehcache: failures of the store as CacheException,
   * everything else (a wrong type, a closed cache) as it is.
   */
  static RuntimeException translate(String action, String cacheName, RuntimeException thrown) {
    if (thrown instanceof CacheException || !isOfTheStore(thrown)) {
      return thrown;
    }
    return of(action, cacheName, thrown);
  }

  private static boolean isOfTheStore(Throwable thrown) {
    for (@Nullable Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof StoreAccessException
          || at instanceof StoreException
          || at instanceof CodecException
          || at instanceof EncryptionException) {
        return true;
      }
    }
    return false;
  }

  /** The exception whose message says most: ours, if it is among the causes. */
  private static Throwable rootOf(Throwable thrown) {
    Throwable at = thrown;
    while (at.getCause() != null
        && !(at instanceof StoreException)
        && !(at instanceof CodecException)
        && !(at instanceof EncryptionException)) {
      at = at.getCause();
    }
    return at;
  }
}
