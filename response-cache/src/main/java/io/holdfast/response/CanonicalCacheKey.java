package io.holdfast.response;

import javax.cache.annotation.GeneratedCacheKey;

/**
 * A key made by {@link CanonicalKeyGenerator}. Equal in every process and release for equal calls, and
 * without the parameters' values.
 *
 * @param text the name of the cache and a SHA-256
 */
public record CanonicalCacheKey(String text) implements GeneratedCacheKey {

  private static final long serialVersionUID = 1L;
}
