package io.holdfast.docs.demo;

import io.holdfast.docs.run.JmxReading;
import io.holdfast.docs.run.RunReport;
import io.holdfast.docs.run.RunReport.Outcome;
import io.holdfast.docs.run.RunReport.TableRun;
import java.util.List;

/**
 * What the demonstration showed.
 *
 * @param steps each run, in order
 * @param firstJvm the beans of the JVM that did all steps but the last, after these
 * @param newJvm the beans of the new JVM, at its end
 */
public record DemoResult(List<Step> steps, JmxReading firstJvm, JmxReading newJvm) {

  public DemoResult {
    steps = List.copyOf(steps);
  }

  /** Half of the tables took at most so long to generate in the first run. */
  public long generateNanos() {
    return median(steps.get(0).run(), Outcome.GENERATED);
  }

  /** Half of the tables took at most so long to serve from the file in the new JVM. */
  public long serveNanos() {
    return median(steps.get(steps.size() - 1).run(), Outcome.SERVED);
  }

  /** The first look-up in the new JVM, which has classes to load. */
  public long firstServeNanos() {
    return steps.get(steps.size() - 1).run().tables().get(0).nanos();
  }

  private static long median(RunReport run, Outcome outcome) {
    long[] sorted = run.tables().stream()
        .filter(table -> table.outcome() == outcome)
        .mapToLong(TableRun::nanos)
        .sorted()
        .toArray();
    return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) / 2];
  }

  /**
   * One run.
   *
   * @param name what was done before it, for the table
   */
  public record Step(String name, RunReport run) {}
}
