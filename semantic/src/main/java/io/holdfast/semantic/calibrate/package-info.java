/** Chooses from labelled evidence how sure is sure enough, with a bound that is proven or a refusal. */
@NullMarked
package io.holdfast.semantic.calibrate;

import org.jspecify.annotations.NullMarked;
