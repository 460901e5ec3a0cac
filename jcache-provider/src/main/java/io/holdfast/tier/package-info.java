/**
 * The SQLite store as an authoritative tier of Ehcache 3: translates Ehcache's store contract into
 * reads and transactions of {@code io.holdfast.store}.
 *
 * <p>Knows Ehcache's SPI and no JSR-107. User code (loaders, entry processors, expiry policies) runs
 * here under a striped lock of its key, with no transaction open.
 */
@NullMarked
package io.holdfast.tier;

import org.jspecify.annotations.NullMarked;
