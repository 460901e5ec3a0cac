/**
 * The persistent store: one SQLite file, one table of entries per cache, one row per entry.
 *
 * <p>Nothing here knows JSR-107 or Ehcache; {@code io.holdfast.tier} translates. Keys and values
 * arrive as {@link io.holdfast.store.Cell}s, the types that SQLite itself has, so the file can be
 * read in the {@code sqlite3} shell. User code never runs inside a transaction of this package.
 */
@NullMarked
package io.holdfast.store;

import org.jspecify.annotations.NullMarked;
