package io.holdfast.response;

import io.holdfast.response.spi.SemanticScope;
import java.util.List;

/**
 * Counters of the semantic stage of one response cache since it was built, and what it may serve.
 *
 * @param hits calls answered with the answer to the same question in other words
 * @param refused calls for which there was one that was not sure enough
 * @param judged how many of those, and of what was audited, were judged
 * @param failures of the stage, and of its judge: each time the call went on without it
 * @param questions how many questions are in the index now
 * @param scopes what the evidence allows, for each namespace that was asked for
 */
public record SemanticStatistics(
    long hits,
    long refused,
    long judged,
    long failures,
    long questions,
    List<SemanticScope> scopes) {

  /** No semantic stage. */
  public static final SemanticStatistics NONE = new SemanticStatistics(0, 0, 0, 0, 0, List.of());

  public SemanticStatistics {
    scopes = List.copyOf(scopes);
  }
}
