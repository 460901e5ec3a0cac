/** Measures ways to recognise repeats on labelled pairs: precision, recall, what was served wrongly, with intervals. */
@NullMarked
package io.holdfast.semantic.evaluate;

import org.jspecify.annotations.NullMarked;
