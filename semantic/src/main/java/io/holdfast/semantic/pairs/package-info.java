/** Labelled pairs of questions, and the files they stand in. */
@NullMarked
package io.holdfast.semantic.pairs;

import org.jspecify.annotations.NullMarked;
