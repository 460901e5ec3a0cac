package io.holdfast.docs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code semantic evaluate} with the real model, on a handful of pairs. */
class SemanticEvaluateCommandTest {
  private static final String PAIRS = """
      note\tquestion1\tquestion2\tshould_match
      x\tHow many warehouses are there?\tWhat is the number of warehouses?\t1
      x\tHow do I reset my password?\tWhat are the steps to reset my password?\t1
      x\tWhich harbours have more than 3 cranes?\tWhich harbours have more than 5 cranes?\t0
      x\tHow do I copy files from Linux to Windows?\tHow do I copy files from Windows to Linux?\t0
      """;

  @TempDir
  Path directory;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @Test
  void evaluate_json_tellsBaselinesAndTheCalibratedPoint() throws IOException {
    Path pairs = file("pairs.tsv", PAIRS);
    Shell shell = Shell.run("semantic", "evaluate", "--pairs", pairs.toString(), "--json");
    assertThat(shell.exitCode()).isZero();
    JsonNode facts = new ObjectMapper().readTree(shell.out());
    assertThat(facts.get("positives").asInt()).isEqualTo(2);
    assertThat(facts.get("negatives").asInt()).isEqualTo(2);
    assertThat(facts.at("/cosine092/servedNegatives").asInt()).isPositive();
    assertThat(facts.at("/guards092/servedNegatives").asInt()).isZero();
    assertThat(facts.at("/verifier/servedPositives").asInt()).isEqualTo(2);
    assertThat(facts.at("/verifier/servedNegatives").asInt()).isZero();
    assertThat(facts.at("/verifier/precision").asDouble()).isOne();
    assertThat(facts.at("/verifier/calibration/refused").asBoolean()).isFalse();
    assertThat(facts.at("/verifier/calibration/upperBound").asDouble()).isLessThanOrEqualTo(0.02);
    assertThat(facts.at("/evidence").asText()).isEqualTo("shipped");
  }

  @Test
  void evaluate_calibrationTooSmall_refusesAndServesNothing() throws IOException {
    Path pairs = file("pairs.tsv", PAIRS);
    Path few = file("few.tsv", PAIRS);
    Path chart = directory.resolve("curve.svg");
    Shell shell = Shell.run(
        "semantic",
        "evaluate",
        "--pairs",
        pairs.toString(),
        "--calibrate",
        few.toString(),
        "--plot",
        chart.toString());
    assertThat(shell.exitCode()).isZero();
    assertThat(shell.out()).contains("Refused, nothing is served").contains("at least 149 pairs");
    assertThat(shell.err()).contains("4 of 4 pairs");
    assertThat(chart).content().startsWith("<svg ").contains("</svg>").contains("verifier");
  }

  @Test
  void evaluate_columnMissing_isOneSentence() throws IOException {
    Path pairs = file("pairs.tsv", "question1\tquestion2\na\tb\n");
    Shell shell = Shell.run("semantic", "evaluate", "--pairs", pairs.toString());
    assertThat(shell.exitCode()).isEqualTo(2);
    assertThat(shell.err()).contains("no column should_match").doesNotContain("Exception");
  }

  @Test
  void evaluate_promiseOutOfRange_isOneSentence() throws IOException {
    Path pairs = file("pairs.tsv", PAIRS);
    Shell shell = Shell.run(
        "semantic", "evaluate", "--pairs", pairs.toString(), "--max-false-hit-rate", "1.5");
    assertThat(shell.exitCode()).isEqualTo(2);
    assertThat(shell.err()).contains("--max-false-hit-rate").doesNotContain("Exception");
  }
}
