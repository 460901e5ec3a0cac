package io.holdfast.jmx;

import java.math.BigDecimal;
import java.util.Map;

/** One response cache. Counters run since it was built. */
@Doc(
    "A cache of expensive calls. Counters run since it was built; its look-ups are not those of the cache underneath.")
public interface ResponseCacheMXBean {

  @Doc("Calls answered from the cache")
  @Unit("{hit}")
  long getHitCount();

  @Doc("Share of calls that did not have to compute: hits and coalesced calls")
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
