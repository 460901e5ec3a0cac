/**
 * Brings the leases of Holdfast's own provider to response caches over it. The only package here that
 * knows a provider; without that on the class path it finds nothing.
 */
@NullMarked
package io.holdfast.response.leases;

import org.jspecify.annotations.NullMarked;
