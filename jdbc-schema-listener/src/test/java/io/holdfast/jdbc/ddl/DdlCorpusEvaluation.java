package io.holdfast.jdbc.ddl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import io.holdfast.schema.Dialect;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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

  private static void evaluate(Path file, boolean misses, PrintStream out) throws IOException {
    String name = Objects.requireNonNull(file.getFileName()).toString();
    Dialect dialect = Dialect.valueOf(name.replaceFirst("\\..*", "").toUpperCase(Locale.ROOT));
    Map<String, Label> labels = labels(file);
    var count = new Count();
    DdlRecognizer recognizer = DdlRecognizer.forDialect(dialect);
    labels.forEach((sql, label) -> {
      DdlVerdict verdict = recognizer.recognise(sql);
      if (count.add(label, verdict.answer()) && misses) {
        out.println(verdict.answer() + " " + label + " " + sql.replaceAll("\\s+", " "));
      }
    });
    out.println(name + ": " + count.report());
    out.println(name + ": scan " + nanosPerCharacter(labels, dialect));
  }

  private static Map<String, Label> labels(Path file) throws IOException {
    var mapper = new ObjectMapper();
    Map<String, Label> labels = new HashMap<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      JsonNode row = mapper.readTree(line);
      if (row.path("outcome").asText("ok").equals("ok")) {
        boolean hidden = row.path("hidden").asBoolean();
        boolean changes = row.path("changes").asBoolean() && !hidden;
        boolean wide = row.path("wide").asBoolean() || changes;
        labels.merge(row.path("sql").asText(), new Label(changes, wide, hidden), Label::or);
      }
    }
    return labels;
  }

  /** Quick and rough; the benchmark module has the careful figure. */
  private static String nanosPerCharacter(Map<String, Label> labels, Dialect dialect) {
    var judge = new TextJudge(dialect);
    long characters = 0;
    long nanos = 0;
    long plainCharacters = 0;
    long plainNanos = 0;
    var plain = labels.entrySet().stream().filter(e -> !e.getValue().wide()).toList();
    int sink = 0;
    for (int round = 0; round < 60; round++) {
      long before = System.nanoTime();
      for (var entry : plain) {
        sink += judge.recognise(entry.getKey()).answer().hashCode() & 1;
      }
      long between = System.nanoTime();
      for (String sql : labels.keySet()) {
        sink += judge.recognise(sql).answer().hashCode() & 1;
      }
      if (round >= 30) {
        plainNanos += between - before;
        nanos += System.nanoTime() - between;
        plainCharacters += plain.stream().mapToLong(e -> e.getKey().length()).sum();
        characters += labels.keySet().stream().mapToLong(String::length).sum();
      }
    }
    return String.format(
        Locale.ROOT,
        "%.2f ns/char on statements that change nothing, %.2f ns/char on all%s",
        (double) plainNanos / plainCharacters,
        (double) nanos / characters,
        sink < 0 ? "!" : "");
  }

  private record Label(boolean changes, boolean wide, boolean hidden) {
    Label or(Label other) {
      return new Label(changes || other.changes, wide || other.wide, hidden || other.hidden);
    }
  }

  private static final class Count {
    private final int[] changing = new int[3];
    private final int[] still = new int[3];
    private final int[] untouched = new int[3];
    private int wideYes;

    /** Returns whether the verdict counts against us. */
    boolean add(Label label, Answer answer) {
      int column = answer == Answer.YES ? 0 : answer == Answer.MAYBE ? 1 : 2;
      if (label.hidden()) {
        return false;
      }
      (label.changes() ? changing : still)[column]++;
      if (!label.wide()) {
        untouched[column]++;
      }
      if (label.wide() && answer == Answer.YES) {
        wideYes++;
      }
      return label.changes() ? answer != Answer.YES : answer != Answer.NO;
    }

    String report() {
      int changes = changing[0] + changing[1] + changing[2];
      int stills = still[0] + still[1] + still[2];
      int none = untouched[0] + untouched[1] + untouched[2];
      int yes = changing[0] + still[0];
      return String.format(
          Locale.ROOT,
          "%d changing, %d not; recall %.4f (missed %d), precision of yes %.4f on structure,"
              + " %.4f on any object, firm yes %.4f, maybe on %.4f of those that change no"
              + " structure, %.4f of those that change nothing at all",
          changes,
          stills,
          1.0 - (double) changing[2] / changes,
          changing[2],
          (double) changing[0] / yes,
          (double) wideYes / yes,
          (double) changing[0] / changes,
          (double) still[1] / stills,
          (double) untouched[1] / none);
    }
  }
}
