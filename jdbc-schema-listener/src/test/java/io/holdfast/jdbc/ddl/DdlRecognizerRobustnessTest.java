package io.holdfast.jdbc.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import io.holdfast.schema.Dialect;
import io.holdfast.schema.Suspects;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hostile and broken texts: no exception, no time beyond linear, no unbounded memory. */
class DdlRecognizerRobustnessTest {

  private static final List<String> PIECES = List.of(
      "CREATE ",
      "ALTER ",
      "DROP ",
      "TABLE ",
      "t",
      ".",
      ",",
      "(",
      ")",
      ";",
      "'",
      "\"",
      "`",
      "[",
      "]",
      "$$",
      "$a$",
      "--",
      "\n",
      "/*",
      "*/",
      "/*!50000 ",
      "/*M!",
      "#",
      "//",
      "@",
      "\\",
      "E'",
      "q'[",
      "u&\"",
      "BEGIN ",
      "END ",
      "CASE ",
      "ATOMIC ",
      "TRIGGER ",
      "ON ",
      "IF ",
      "EXISTS ",
      "EXPLAIN ANALYZE ",
      "SET STATEMENT ",
      "FOR ",
      "SELECT ",
      "INTO ",
      "UPDATE ",
      "ONLY ",
      "DO ",
      "EXECUTE IMMEDIATE ",
      "RENAME ",
      "TO ",
      "CASCADE ",
      "{",
      "?",
      "\u00a0",
      "\ufeff",
      "\ud800",
      "\0",
      "1",
      "é",
      "CALL ",
      "COLUMN ",
      "SEQUENCE ",
      "RESTART ",
      "WITH ",
      "DOMAIN ",
      "INDEX ");

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void recognise_randomPieces_neverThrowsAndKeepsItsInvariants(Dialect dialect) {
    var random = new Random(42);
    var judge = new TextJudge(dialect);
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(25); n >= 0; n--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      DdlVerdict verdict = judge.recognise(text.toString());

      boolean changes = verdict.answer() != Answer.NO;
      assertThat(verdict.suspects().equals(Suspects.NONE)).as("%s", text).isEqualTo(!changes);
      assertThat(verdict.kind().isEmpty()).as("%s", text).isEqualTo(!changes);
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void recognise_randomCharacters_neverThrows(Dialect dialect) {
    var random = new Random(7);
    var judge = new TextJudge(dialect);
    for (int i = 0; i < 5_000; i++) {
      var text = new StringBuilder("ALTER");
      for (int n = random.nextInt(60); n >= 0; n--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
      }
      assertThat(judge.recognise(text.toString())).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void recognise_everyPrefixOfAStatement_neverThrows(Dialect dialect) {
    String sql =
        "/*!50001 ALTER */ TABLE IF EXISTS a.\"b\" ADD c text DEFAULT E'x\\'', RENAME TO `d`;"
            + " CREATE TRIGGER g AFTER UPDATE ON [t] BEGIN SELECT CASE WHEN 1 THEN $q$;$q$ END; END";
    var judge = new TextJudge(dialect);
    for (int length = 0; length <= sql.length(); length++) {
      assertThat(judge.recognise(sql.substring(0, length))).isNotNull();
    }
  }

  /** Each text has about 300,000 characters: quadratic time would take minutes, not seconds. */
  @ParameterizedTest
  @EnumSource(Dialect.class)
  void recognise_hugeTexts_staysLinear(Dialect dialect) {
    var judge = new TextJudge(dialect);
    for (String piece : List.of(
        "(",
        "/*",
        "/*!50000 ",
        "'",
        "'' ",
        "'a',",
        "\"",
        "$$",
        "$a$ $b$ ",
        "DROP TABLE t;",
        "EXPLAIN ANALYZE ",
        "SET STATEMENT a=1 FOR ",
        "DELETE.",
        "UPDATE ONLY ",
        "BEGIN ",
        "CASE ",
        "CREATE SCHEMA a ",
        "WITH a AS (",
        "EXECUTE IMMEDIATE '",
        "\\'",
        "a.",
        "SELECT 1;",
        "ALTER TABLE t ADD a int, ",
        "DO 'BEGIN ",
        "CREATE TRIGGER t ON t BEGIN ; ",
        "@@",
        "--\r")) {
      String repeated = piece.repeat(300_000 / piece.length());
      for (String text : List.of(repeated, "SELECT " + repeated, "ALTER TABLE t " + repeated)) {
        assertTimeoutPreemptively(
            Duration.ofSeconds(10), () -> judge.recognise(text), () -> dialect + " " + piece);
      }
    }
  }

  @Test
  void memory_manyTexts_staysWithinItsSize() {
    var memory = new VerdictMemory(64);
    for (int i = 0; i < 10_000; i++) {
      memory.remember("SELECT " + i, DdlVerdict.NO);
    }
    assertThat(memory.count()).isLessThanOrEqualTo(64);
    assertThat(memory.find("SELECT 9999")).isSameAs(DdlVerdict.NO);
  }

  @Test
  void memory_longText_isNotKept() {
    var memory = new VerdictMemory(64);
    String text = "x".repeat(VerdictMemory.LONGEST_TEXT + 1);
    memory.remember(text, DdlVerdict.NO);
    assertThat(memory.find(text)).isNull();
    assertThat(memory.count()).isZero();
  }

  @Test
  void memory_textsWithEqualHash_areToldApart() {
    var memory = new VerdictMemory(4);
    DdlVerdict drop = new TextJudge(Dialect.POSTGRESQL).recognise("DROP TABLE Aa");
    memory.remember("DROP TABLE Aa", drop);
    assertThat("DROP TABLE Aa".hashCode()).isEqualTo("DROP TABLE BB".hashCode());
    assertThat(memory.find("DROP TABLE BB")).isNull();
  }

  @Test
  void memory_oddSize_isRefused() {
    assertThatThrownBy(() -> new VerdictMemory(100)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void recognise_sameText_isJudgedOnce() {
    int[] judged = {0};
    var recognizer = new RememberingRecognizer(
        sql -> {
          judged[0]++;
          return DdlVerdict.NO;
        },
        new VerdictMemory(64));
    for (int i = 0; i < 3; i++) {
      recognizer.recognise("SELECT %d".formatted(1));
    }
    assertThat(judged[0]).isEqualTo(1);
  }
}
