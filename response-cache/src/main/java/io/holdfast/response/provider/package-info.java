/**
 * Uses what Holdfast's own provider has beyond JSR-107: its leases, its way to read many entries, and columns of a
 * form of their own. The only package here that knows a provider; without that on the class path it finds nothing.
 */
@NullMarked
package io.holdfast.response.provider;

import org.jspecify.annotations.NullMarked;
