package io.holdfast.jdbc.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.schema.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The targets on labelled statements in any directory: {@code
 * -Dholdfast.ddl.corpus=DIR}, which holds files as {@link DdlCorpusEvaluation} reads them.
 */
class DdlCorpusTest {

  @TempDir
  Path directory;

  @Test
  void recognise_corpusOfLabelledStatements_reachesTheTargets() throws IOException {
    String corpus = System.getProperty("holdfast.ddl.corpus", "");
    assumeTrue(!corpus.isEmpty(), "no directory given with -Dholdfast.ddl.corpus");
    try (Stream<Path> files = Files.list(Path.of(corpus))) {
      List<Path> found =
          files.filter(file -> file.toString().endsWith(".jsonl")).toList();
      assertThat(found).isNotEmpty();
      for (Path file : found) {
        Dialect dialect = DdlCorpusEvaluation.dialectOf(file);
        DdlTargets.of(dialect).assertReached(dialect, DdlCorpusEvaluation.measure(file));
      }
    }
  }

  @Test
  void measure_labelledLines_countsDistinctTextsThatRan() throws IOException {
    Path file = Files.writeString(directory.resolve("h2.jsonl"), """
        {"sql":"CREATE TABLE t (a INT)","changes":true,"wide":true,"outcome":"ok"}
        {"sql":"CREATE TABLE t (a INT)","changes":false,"wide":false,"outcome":"ok"}
        {"sql":"CREATE TABLE u (a INT)","changes":false,"wide":false,"outcome":"error"}
        {"sql":"SELECT f()","changes":true,"wide":true,"outcome":"ok","hidden":true}
        {"sql":"COMMENT ON TABLE t IS 'x'","changes":true,"wide":true,"outcome":"ok"}
        {"sql":"DROP TABLE u","changes":false,"wide":false,"outcome":"ok"}
        {"sql":"CALL my_function()","changes":false,"wide":false,"outcome":"ok"}
        {"sql":"SELECT 1","changes":false,"wide":false,"outcome":"ok"}
        """);
    DdlMetrics metrics = DdlCorpusEvaluation.measure(file);
    assertThat(metrics.changing()).isEqualTo(2);
    assertThat(metrics.missed()).containsExactly("COMMENT ON TABLE t IS 'x'");
    assertThat(metrics.idle()).containsExactly("DROP TABLE u");
    assertThat(metrics.recall()).isEqualTo(0.5);
    assertThat(metrics.firmness()).isEqualTo(0.5);
    assertThat(metrics.precisionOnStructure()).isEqualTo(0.5);
    assertThat(metrics.precisionOnAnyObject()).isEqualTo(0.5);
    assertThat(metrics.hesitation()).isEqualTo(1 / 3.0);
  }
}
