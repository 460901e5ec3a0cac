package io.holdfast.soak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What came in from all processes; safe from any thread. */
final class Tallies implements Findings {
  private final Map<Operation, Histogram> histograms = new EnumMap<>(Operation.class);
  private final List<String> findings = new ArrayList<>();
  private long operations;

  @Override
  public synchronized void report(String finding) {
    findings.add(finding);
  }

  synchronized void add(Operation operation, Histogram histogram) {
    histograms.computeIfAbsent(operation, absent -> new Histogram(2)).add(histogram);
    operations += histogram.getTotalCount();
  }

  synchronized long operations() {
    return operations;
  }

  synchronized List<String> findings() {
    return List.copyOf(findings);
  }

  synchronized List<SoakReport.Latency> latencies() {
    List<SoakReport.Latency> latencies = new ArrayList<>();
    histograms.forEach((operation, histogram) -> latencies.add(new SoakReport.Latency(
        operation.label(),
        histogram.getTotalCount(),
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(99),
        histogram.getValueAtPercentile(99.9),
        histogram.getMaxValue())));
    return latencies;
  }
}
