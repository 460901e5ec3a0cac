/**
 * The JSR-107 provider: {@code Caching.getCachingProvider()} finds it, and caches made by its
 * managers persist in one SQLite file per manager.
 *
 * <p>Sits on Ehcache's heap tier and {@code io.holdfast.tier}. Every failure of the file leaves here
 * as the exception that JSR-107 names.
 */
@NullMarked
package io.holdfast.jcache;

import org.jspecify.annotations.NullMarked;
