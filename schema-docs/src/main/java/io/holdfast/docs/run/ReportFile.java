package io.holdfast.docs.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.docs.run.RunReport.Outcome;
import io.holdfast.docs.run.RunReport.TableRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;

/**
 * A run's report as a JSON file.
 *
 * @param run what was done
 * @param jmx what the beans of that process said at its end
 */
public record ReportFile(RunReport run, JmxReading jmx) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes it. */
  public static void write(Path file, RunReport run, JmxReading jmx) throws IOException {
    ObjectNode root = JSON.createObjectNode()
        .put("elapsedMillis", run.elapsedMillis())
        .put("generated", run.generated())
        .put("served", run.served())
        .put("failed", run.failed());
    ArrayNode tables = root.putArray("tables");
    for (TableRun table : run.tables()) {
      tables
          .addObject()
          .put("table", table.table())
          .put("outcome", table.outcome().name().toLowerCase(Locale.ROOT))
          .put("nanos", table.nanos());
    }
    root.putObject("jmx")
        .put("hits", jmx.hits())
        .put("fileHits", jmx.fileHits())
        .put("misses", jmx.misses())
        .put("evictions", jmx.evictions())
        .put("drifts", jmx.drifts())
        .put("outsideDrifts", jmx.outsideDrifts())
        .put("lastDrift", jmx.lastDrift());
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  /** Reads it. */
  public static ReportFile read(Path file) throws IOException {
    JsonNode root = JSON.readTree(Files.readString(file));
    var tables = new ArrayList<TableRun>();
    for (JsonNode table : root.required("tables")) {
      tables.add(new TableRun(
          table.required("table").asText(),
          Outcome.valueOf(table.required("outcome").asText().toUpperCase(Locale.ROOT)),
          table.required("nanos").asLong()));
    }
    JsonNode jmx = root.required("jmx");
    return new ReportFile(
        new RunReport(tables, root.required("elapsedMillis").asLong()),
        new JmxReading(
            jmx.required("hits").asLong(),
            jmx.required("fileHits").asLong(),
            jmx.required("misses").asLong(),
            jmx.required("evictions").asLong(),
            jmx.required("drifts").asLong(),
            jmx.required("outsideDrifts").asLong(),
            jmx.required("lastDrift").asText()));
  }
}
