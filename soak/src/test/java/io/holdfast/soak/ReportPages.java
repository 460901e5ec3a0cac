package io.holdfast.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A report for people, for programs and as a picture. */
final class ReportPages {
  private final SoakReport report;

  ReportPages(SoakReport report) {
    this.report = report;
  }

  void writeTo(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("soak.md"), markdown());
    Files.writeString(directory.resolve("soak.svg"), new SoakPlot(report.samples()).svg());
    new ObjectMapper().writeValue(directory.resolve("soak.json").toFile(), report);
  }

  private String markdown() {
    StringBuilder page = new StringBuilder();
    line(page, "| | |");
    line(page, "| --- | ---: |");
    row(page, "duration", report.seconds() + " s");
    row(page, "operations judged", number(report.operations()));
    row(page, "DDL statements", number(report.ddl()));
    row(page, "kills (SIGKILL)", report.kills());
    row(page, "scans by a foreign reader", report.scans());
    row(page, "rows it held against the board", number(report.scannedRows()));
    row(page, "backups copied and checked", report.backups());
    row(page, "faults: lock held by another program", report.locks());
    row(page, "faults: log of an open file removed", report.removedLogs());
    row(page, "met: a process left a removed log", report.removedLogsMet());
    row(
        page,
        "**findings: lost, torn, stale, miscounted, failed**",
        report.findings().size());
    report.findings().forEach(finding -> line(page, "\n- " + finding));
    line(page, "\nOn " + report.environment() + ".\n");
    line(page, "![File, log and operations over time](soak.svg)\n");
    line(page, "| operation | count | p50 µs | p99 µs | p99.9 µs | max ms |");
    line(page, "| --- | ---: | ---: | ---: | ---: | ---: |");
    for (SoakReport.Latency latency : report.latencies()) {
      line(
          page,
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,d | %,d | %,d | %,.1f |",
              latency.operation(),
              latency.count(),
              latency.p50Micros(),
              latency.p99Micros(),
              latency.p999Micros(),
              latency.maxMicros() / 1e3));
    }
    return page.toString();
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static void row(StringBuilder page, String name, Object value) {
    line(page, "| " + name + " | " + value + " |");
  }

  private static void line(StringBuilder page, String line) {
    page.append(line).append('\n');
  }
}
