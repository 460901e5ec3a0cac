/**
 * The heap tier above a file: copies of the entries in use, so that a hit costs a look into a map.
 *
 * <p>Takes the place of Ehcache's own heap tier in the caches of {@code io.holdfast.jcache}; a cache of
 * plain Ehcache keeps Ehcache's. What an entry is, when it dies and who hears of it is decided in the
 * tier below; this package only keeps copies and gives them up when told.
 */
@NullMarked
package io.holdfast.heap;

import org.jspecify.annotations.NullMarked;
