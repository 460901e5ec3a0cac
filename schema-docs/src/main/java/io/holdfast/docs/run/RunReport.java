package io.holdfast.docs.run;

import java.util.List;

/**
 * What a run did.
 *
 * @param tables each table, in the order of the run
 * @param elapsedMillis the whole run, pages written
 */
public record RunReport(List<TableRun> tables, long elapsedMillis) {

  public RunReport {
    tables = List.copyOf(tables);
  }

  /** Tables that were made anew. */
  public long generated() {
    return count(Outcome.GENERATED);
  }

  /** Tables that came from the cache. */
  public long served() {
    return count(Outcome.SERVED);
  }

  /** Tables that could not be documented. */
  public long failed() {
    return count(Outcome.FAILED);
  }

  private long count(Outcome outcome) {
    return tables.stream().filter(table -> table.outcome() == outcome).count();
  }

  /** How a table was documented. */
  public enum Outcome {
    GENERATED,
    SERVED,
    FAILED
  }

  /**
   * One table.
   *
   * @param table its name
   * @param outcome how it went
   * @param nanos from asking for the document to having it; rendering and writing the page, which
   *     cost the same either way, come later
   */
  public record TableRun(String table, Outcome outcome, long nanos) {}
}
