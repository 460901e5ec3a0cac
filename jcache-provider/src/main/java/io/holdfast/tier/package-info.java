/**
 * The SQLite store as an authoritative tier of Ehcache 3: translates Ehcache's store contract into
 * reads and transactions of {@code io.holdfast.store}.
 *
 * <p>Knows Ehcache's SPI and no JSR-107. User code (loaders, entry processors, expiry policies) runs
 * here under a striped lock of its key, with no transaction open; listeners run with nothing locked.
 *
 * <p>A user of plain Ehcache plugs it in so:
 *
 * <pre>{@code
 * CacheManager manager = CacheManagerBuilder.newCacheManagerBuilder()
 *     .using(SqliteFileConfiguration.of(Path.of("cache.db")))
 *     .withCache("rates", CacheConfigurationBuilder.newCacheConfigurationBuilder(
 *         String.class, Double.class,
 *         ResourcePoolsBuilder.heap(10)
 *             .with(SqliteResource.SQLITE, 1_000, EntryUnit.ENTRIES, true)))
 *     .build(true);
 * }</pre>
 *
 * <p>Codecs follow from the types; a {@link io.holdfast.tier.TierConfiguration} added to the cache sets
 * them and the limits by hand.
 *
 * <p>Our artifact brings the modules of Ehcache that it is built against. Where {@code
 * org.ehcache:ehcache}, the jar with everything, shall take their place, exclude {@code
 * org.ehcache.modules:*} and {@code org.terracotta:statistics}: the same classes would be there twice.
 * That jar also registers a JSR-107 provider of its own, so {@code Caching.getCachingProvider()} then
 * wants to be told which one is meant; this package never asks for one.
 *
 * <p>Who does what: {@code SqliteTier} is the contract method by method, {@code AtomicRows} the one way
 * to change a row, {@code Turn} what an operation decides, {@code HeapLink} the traffic with the heap
 * above, {@code AfterUnlock} what waits until nothing is locked.
 */
@NullMarked
package io.holdfast.tier;

import org.jspecify.annotations.NullMarked;
