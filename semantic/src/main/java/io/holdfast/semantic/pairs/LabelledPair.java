package io.holdfast.semantic.pairs;

/**
 * Two questions, and whether the answer to one serves the other.
 *
 * @param group rows of one group share questions and must stay together when evidence is divided; empty if nothing is known
 * @param source which collection it comes from; empty if nothing is known
 */
public record LabelledPair(
    String question1, String question2, boolean shouldMatch, String group, String source) {}
