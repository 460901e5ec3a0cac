package io.holdfast.jmx;

import io.holdfast.response.spi.SemanticScope;

/**
 * What evidence allows in one namespace, as JMX clients see it.
 *
 * @param namespace of the calls
 * @param open whether answers to the same question in other words are served there
 * @param threshold the least score that is served; infinite while nothing is
 * @param evidence how many judged pairs there are
 * @param served how many of those have the threshold
 * @param wrong how many of those are wrong
 * @param needed how many pairs, all of them right, would be enough
 * @param upperBound the share of wrong answers is not higher; 1 while nothing is served
 * @param maxFalseHitRate the largest share of wrong answers that was promised
 * @param confidence how sure that is to be
 */
public record SemanticPoint(
    String namespace,
    boolean open,
    double threshold,
    long evidence,
    long served,
    long wrong,
    long needed,
    double upperBound,
    double maxFalseHitRate,
    double confidence) {

  static SemanticPoint of(SemanticScope scope) {
    return new SemanticPoint(
        scope.namespace(),
        scope.isOpen(),
        scope.threshold(),
        scope.evidence(),
        scope.served(),
        scope.wrong(),
        scope.needed(),
        scope.upperBound(),
        scope.maxFalseHitRate(),
        scope.confidence());
  }
}
