package io.holdfast.jmx;

import java.math.BigDecimal;
import java.util.Map;

/** One response cache. Counters run since it was built. */
@Doc(
    "A cache of expensive calls. Counters run since it was built; its look-ups are not those of the cache underneath.")
public interface ResponseCacheMXBean {

  @Doc("Calls answered from the cache under their own key")
  @Unit("{hit}")
  long getHitCount();

  @Doc("Calls answered with the answer to the same question in other words")
  @Unit("{hit}")
  long getSemanticHitCount();

  @Doc("Calls for which there was an answer to other words that was not sure enough")
  @Unit("{call}")
  long getSemanticRefusedCount();

  @Doc("Answers to other words that were judged after the call was made")
  @Unit("{answer}")
  long getSemanticJudgedCount();

  @Doc("Failures of the semantic stage: each time the call went on without it")
  @Unit("{failure}")
  long getSemanticFailureCount();

  @Doc("Questions that can be found in other words now")
  @Unit("{question}")
  long getSemanticQuestionCount();

  @Doc(
      "What the evidence allows in each namespace with a semantic stage: whether it is served there, from which score on, and how sure that is")
  Map<String, SemanticPoint> getSemanticPoints();

  @Doc("Share of calls that did not have to compute: hits, semantic ones too, and coalesced calls")
  @Unit("%")
  double getHitPercentage();

  @Doc("Calls that found no answer and computed one")
  @Unit("{miss}")
  long getMissCount();

  @Doc("Calls answered by another thread's computation of the same key")
  @Unit("{call}")
  long getCoalescedCount();

  @Doc("Calls that computed without asking the cache: key not cacheable, or cache failing")
  @Unit("{call}")
  long getBypassedCount();

  @Doc("Answers written to the cache")
  @Unit("{answer}")
  long getStoredCount();

  @Doc("Answers computed and not written")
  @Unit("{answer}")
  long getNotStoredCount();

  @Doc("Answers computed and not written, by reason")
  Map<String, Long> getNotStoredByReason();

  @Doc("Computations that threw")
  @Unit("{failure}")
  long getComputeFailureCount();

  @Doc("Look-ups in the cache underneath that failed")
  @Unit("{failure}")
  long getReadFailureCount();

  @Doc("Writes and removals in the cache underneath that failed")
  @Unit("{failure}")
  long getWriteFailureCount();

  @Doc("Entries found unreadable")
  @Unit("{entry}")
  long getCorruptCount();

  @Doc("Entries found past their time")
  @Unit("{entry}")
  long getExpiredCount();

  @Doc("Superseded entries removed after a schema drift")
  @Unit("{entry}")
  long getPurgedCount();

  @Doc("Computations under way now that others may join")
  @Unit("{computation}")
  long getInFlightCount();

  @Doc("Whether the cache underneath is left alone now because it failed repeatedly")
  boolean isCircuitOpen();

  @Doc("Time spent in computations that succeeded")
  @Unit("ms")
  long getComputeMillis();

  @Doc("Time that hits and coalesced calls did not have to compute")
  @Unit("ms")
  long getSavedMillis();

  @Doc("Cost of the computations, by currency or unit")
  Map<String, BigDecimal> getSpentByUnit();

  @Doc("Cost that hits and coalesced calls did not cause, by currency or unit")
  Map<String, BigDecimal> getSavedByUnit();
}
