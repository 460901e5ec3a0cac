/**
 * Between Java objects and what a row holds: {@link io.holdfast.codec.Codec}s, the allow-list for
 * Java serialisation, and the shape of a type, whose change empties a cache (design D5).
 *
 * <p>Knows {@link io.holdfast.store.Cell} and nothing else of Holdfast.
 */
@NullMarked
package io.holdfast.codec;

import org.jspecify.annotations.NullMarked;
