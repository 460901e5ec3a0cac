/** What a monitoring module implements to be told of watched databases: found by {@code ServiceLoader}, never required. */
@NullMarked
package io.holdfast.schema.spi;

import org.jspecify.annotations.NullMarked;
