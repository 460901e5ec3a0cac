/**
 * {@code ./holdfast bench}: runs the comparisons of {@link io.holdfast.bench.suite.Comparison} and writes
 * what came out as JSON, as a table and as a picture.
 */
@NullMarked
package io.holdfast.bench.suite;

import org.jspecify.annotations.NullMarked;
