/** What a monitoring module implements to be told of response caches: found by {@code ServiceLoader}, never required. */
@NullMarked
package io.holdfast.response.spi;

import org.jspecify.annotations.NullMarked;
