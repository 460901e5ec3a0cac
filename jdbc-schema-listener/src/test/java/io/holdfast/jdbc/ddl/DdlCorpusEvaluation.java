package io.holdfast.jdbc.ddl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.jdbc.ddl.DdlMetrics.Truth;
import io.holdfast.schema.Dialect;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Measures the recogniser against statements labelled by what they did to a real server.
 *
 * <p>Arguments: files of JSON lines, named by dialect ({@code postgresql.jsonl}); each line has {@code
 * sql}, {@code changes} (structure of a permanent relation differed), {@code wide} (any catalog object
 * did), {@code outcome} and perhaps {@code hidden} (a change that the text does not show). Distinct
 * texts that ran without error count; a text with both labels counts as changing. A first argument
 * {@code --misses} prints each wrong verdict too.
 */
final class DdlCorpusEvaluation {

  private DdlCorpusEvaluation() {}

  public static void main(String[] arguments) throws IOException {
    boolean misses = arguments.length > 0 && arguments[0].equals("--misses");
    for (int i = misses ? 1 : 0; i < arguments.length; i++) {
      evaluate(Path.of(arguments[i]), misses, System.out);
    }
  }

  static Dialect dialectOf(Path file) {
    String name = Objects.requireNonNull(file.getFileName()).toString();
    return Dialect.valueOf(name.replaceFirst("\\..*", "").toUpperCase(Locale.ROOT));
  }

  /** Judges the distinct texts of the file that ran without error. */
  static DdlMetrics measure(Path file) throws IOException {
    var metrics = new DdlMetrics();
    DdlRecognizer recognizer = DdlRecognizer.forDialect(dialectOf(file));
    labels(file)
        .forEach(
            (sql, truth) -> metrics.add(sql, truth, recognizer.recognise(sql).answer()));
    return metrics;
  }

  private static void evaluate(Path file, boolean misses, PrintStream out) throws IOException {
    DdlMetrics metrics = measure(file);
    if (misses) {
      metrics.missed().forEach(sql -> out.println("missed: " + sql.replaceAll("\\s+", " ")));
      metrics.idle().forEach(sql -> out.println("no effect: " + sql.replaceAll("\\s+", " ")));
    }
    out.println(file.getFileName() + ": " + metrics);
  }

  private static Map<String, Truth> labels(Path file) throws IOException {
    var mapper = new ObjectMapper();
    Map<String, Truth> labels = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      JsonNode row = mapper.readTree(line);
      boolean ran = row.path("outcome").asText("ok").equals("ok");
      if (ran && !row.path("hidden").asBoolean()) {
        boolean changes = row.path("changes").asBoolean();
        var truth = new Truth(changes, changes || row.path("wide").asBoolean());
        labels.merge(row.path("sql").asText(), truth, Truth::or);
      }
    }
    return labels;
  }
}
