package io.holdfast.response;

/**
 * An answer to other words that was not served and would be evidence.
 *
 * @param score how sure the stage was
 */
record Candidate<T>(String question, T answer, double score) {}
