/**
 * What other modules implement: monitors and sources of leases, found by {@code ServiceLoader} and never required, and
 * the semantic stage, which is given to the builder.
 */
@NullMarked
package io.holdfast.response.spi;

import org.jspecify.annotations.NullMarked;
