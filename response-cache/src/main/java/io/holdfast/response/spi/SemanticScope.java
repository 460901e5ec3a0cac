package io.holdfast.response.spi;

/**
 * What the evidence allows in one namespace.
 *
 * @param namespace of the calls
 * @param isOpen whether answers to other words are served there
 * @param threshold the least score that is served; {@link Double#POSITIVE_INFINITY} while it is not open
 * @param evidence how many judged pairs there are
 * @param served how many of those have the threshold; without one, how many of the surest were looked at
 * @param wrong how many of {@code served} were wrong
 * @param needed how many pairs, all of them right, the promise takes at the least
 * @param upperBound the share of wrong answers is not higher than this, at that confidence; 1 while it is not open
 * @param maxFalseHitRate the promise: the largest share of wrong answers among those served
 * @param confidence how sure the promise is to be, from 0 to 1
 */
public record SemanticScope(
    String namespace,
    boolean isOpen,
    double threshold,
    long evidence,
    long served,
    long wrong,
    long needed,
    double upperBound,
    double maxFalseHitRate,
    double confidence) {}
