/** Finds the nearest vectors among many, by a few bits of each in memory. */
@NullMarked
package io.holdfast.semantic.index;

import org.jspecify.annotations.NullMarked;
