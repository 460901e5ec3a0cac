package io.holdfast.docs.demo;

import io.holdfast.docs.run.JmxReading;
import io.holdfast.docs.run.RunReport;
import java.util.List;

/**
 * What the demonstration showed.
 *
 * @param steps each run, in order
 * @param firstJvm the beans of the JVM that did all steps but the last, after these
 * @param newJvm the beans of the new JVM, after its run
 * @param generateNanos generating one table, on average, in the new JVM after start-up
 * @param serveNanos serving one table from the file, on average, in the new JVM after start-up
 */
public record DemoResult(
    List<Step> steps, JmxReading firstJvm, JmxReading newJvm, long generateNanos, long serveNanos) {

  public DemoResult {
    steps = List.copyOf(steps);
  }

  /**
   * One run.
   *
   * @param name what was done before it, for the table
   */
  public record Step(String name, RunReport run) {}
}
