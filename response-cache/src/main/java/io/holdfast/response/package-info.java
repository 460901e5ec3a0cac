/**
 * Typed caching of expensive calls: a key that says all that can change the answer, one computation
 * per key however many threads ask, and a cache whose failure never fails the call.
 *
 * <p>Written against {@code javax.cache} and {@code io.holdfast.schema}; any JSR-107 provider serves.
 */
@NullMarked
package io.holdfast.response;

import org.jspecify.annotations.NullMarked;
