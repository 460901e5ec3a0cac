/**
 * Reads what a run of the JSR-107 conformance suite left behind. The suite answers an exclusion, and a
 * feature that is not offered, by an empty test that passes; so a green run says little until what was
 * left out has been counted and named.
 */
@NullMarked
package io.holdfast.tck;

import org.jspecify.annotations.NullMarked;
