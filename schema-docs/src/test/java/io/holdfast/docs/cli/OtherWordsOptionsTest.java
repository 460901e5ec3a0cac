package io.holdfast.docs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.docs.run.DocumentationCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What judged pairs prove is kept in the file of the answers. */
class OtherWordsOptionsTest {
  private static final int PAIRS = 8;

  @TempDir
  Path directory;

  private Path pairs;

  @BeforeEach
  void writePairs() throws IOException {
    var text = new StringBuilder("question1\tquestion2\tshould_match\n");
    for (int year = 2001; year < 2001 + PAIRS; year++) {
      text.append("How many customers placed an order in ")
          .append(year)
          .append("?\tWhat is the number of customers who ordered in ")
          .append(year)
          .append("?\t1\n");
    }
    pairs = Files.writeString(directory.resolve("pairs.tsv"), text);
  }

  /** Starts, as far as this goes, and returns how much evidence there is then. */
  private long start() throws Exception {
    var told = new StringWriter();
    var options = CommandLine.populateCommand(
        new OtherWordsOptions(), "--judged-pairs", pairs.toString(), "--max-false-hit-rate", "0.5");
    try (DocumentationCache documents = DocumentationCache.open(directory.resolve("docs.db"))) {
      assertThat(options.stage(documents.evidence(), new PrintWriter(told))).isNotNull();
      assertThat(told.toString()).contains("of " + PAIRS + " judged pairs");
      documents.clear();
      return StreamSupport.stream(documents.evidence().spliterator(), false)
          .filter(entry -> entry.getValue().endsWith(" 1"))
          .count();
    } finally {
      options.close();
    }
  }

  @Test
  void stage_atTheSecondStart_hasLearntFromTheSamePairsOnce() throws Exception {
    assertThat(start()).isEqualTo(PAIRS);
    assertThat(start()).isEqualTo(PAIRS);
  }
}
