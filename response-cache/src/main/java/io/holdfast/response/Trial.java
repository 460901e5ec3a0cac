package io.holdfast.response;

import io.holdfast.response.Flight.Landing;
import io.holdfast.response.spi.SemanticIndex.Asked;
import org.jspecify.annotations.Nullable;

/**
 * What looking for other words brought.
 *
 * @param asked the question, to be stored with its answer
 * @param neighbour the answer that serves; null if none does
 * @param candidate one that does not, and is to be judged; null if there is none
 */
record Trial<T>(
    Asked asked,
    Landing.@Nullable Answered<T> neighbour,
    @Nullable Candidate<T> candidate) {}
