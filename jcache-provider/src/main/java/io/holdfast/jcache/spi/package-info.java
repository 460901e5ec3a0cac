/** What a monitoring module implements to be told of caches: found by {@code ServiceLoader}, never required. */
@NullMarked
package io.holdfast.jcache.spi;

import org.jspecify.annotations.NullMarked;
