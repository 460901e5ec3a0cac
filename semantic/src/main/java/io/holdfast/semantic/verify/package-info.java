/**
 * Judges a pair of questions: from the vectors of both and from what their words say to the probability that one answer serves
 * both.
 *
 * <p>Nothing here computes a vector or knows where a threshold comes from. Everything is immutable and safe from any thread.
 */
@NullMarked
package io.holdfast.semantic.verify;

import org.jspecify.annotations.NullMarked;
