package io.holdfast.docs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.docs.Main;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of JSON in, lines of JSON out. */
class DdlCommandTest {

  private static final String NO = "{\"answer\":\"no\",\"kind\":\"\",\"objects\":[]}";

  @TempDir
  Path directory;

  private Shell judge(String dialect, String... lines) throws IOException {
    Path file = Files.write(directory.resolve("statements.jsonl"), List.of(lines));
    return Shell.run("ddl", "--dialect", dialect, file.toString());
  }

  @Test
  void ddl_statements_areJudgedInTheirOrder() throws IOException {
    Shell shell = judge(
        "postgresql",
        "{\"sql\":\"ALTER TABLE public.users ADD COLUMN age int\"}",
        "{\"sql\":\"SELECT 1\"}",
        "{\"id\":[1,{\"sql\":2}],\"sql\":\"drop table if exists a, \\\"B c\\\"\",\"more\":null}");
    assertThat(shell.exitCode()).as(shell.err()).isZero();
    assertThat(shell.out())
        .isEqualTo("{\"answer\":\"yes\",\"kind\":\"ALTER\",\"objects\":[\"public.users\"]}\n"
            + NO + "\n"
            + "{\"answer\":\"maybe\",\"kind\":\"DROP\",\"objects\":[\"a\",\"B c\"]}\n");
  }

  @Test
  void ddl_temporaryTable_isNoChangeAndNamesNothing() throws IOException {
    Shell shell = judge("postgresql", "{\"sql\":\"CREATE TEMP TABLE t (a int)\"}");
    assertThat(shell.out()).isEqualTo(NO + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "SELECT 1",
        "[1]",
        "{\"sql\":1}",
        "{\"sql\":null}",
        "{\"statement\":\"SELECT 1\"}",
        "{\"sql\":\"SELECT 1\"",
        "{\"sql\":\"SELECT 1\"} {}",
        "{\"sql\":\"SELECT 1\"}]",
        "{\"sql\":\"\\ud800\\x\"}",
      })
  void ddl_brokenLine_isAnsweredByAnErrorInItsPlace(String broken) throws IOException {
    Shell shell = judge("h2", "{\"sql\":\"SELECT 1\"}", broken, "{\"sql\":\"SELECT 2\"}");
    assertThat(shell.exitCode()).isEqualTo(1);
    assertThat(shell.out().lines())
        .containsExactly(
            NO, "{\"error\":\"line 2 is not a JSON object with a text in its field sql\"}", NO);
    assertThat(shell.err().lines()).containsExactly("holdfast: 1 of 3 lines could not be read.");
  }

  @Test
  void ddl_byteOrderMarkAndCarriageReturns_areNoPartOfTheLines() throws IOException {
    Path file = Files.writeString(
        directory.resolve("windows.jsonl"),
        "\ufeff{\"sql\":\"DROP TABLE größe\"}\r\n{\"sql\":\"SELECT 1\"}\r\n");
    Shell shell = Shell.run("ddl", "--dialect=sqlite", file.toString());
    assertThat(shell.out().lines())
        .containsExactly(
            "{\"answer\":\"yes\",\"kind\":\"DROP\",\"objects\":[\"gr\\u00F6\\u00DFe\"]}", NO);
  }

  @ParameterizedTest
  @CsvSource({"PostgreSQL", "mysql", "MARIADB", "sqlite", "h2", "oracle", "sqlServer", "generic"})
  void ddl_everyDialect_isKnownInAnyCase(String dialect) throws IOException {
    Shell shell = judge(dialect, "{\"sql\":\"CREATE TABLE t (a int)\"}");
    assertThat(shell.out())
        .isEqualTo("{\"answer\":\"yes\",\"kind\":\"CREATE\",\"objects\":[\"t\"]}\n");
  }

  /** A statement far beyond what a JSON library takes by default. */
  @Test
  void ddl_veryLongLine_isJudged() throws IOException {
    String rows = "(1, 'some text'), ".repeat(2_000_000);
    Shell shell = judge("mariadb", "{\"sql\":\"INSERT INTO t VALUES " + rows + "(2, '')\"}");
    assertThat(shell.out()).isEqualTo(NO + "\n");
  }

  /** The program itself, as a pipe: each answer comes before the next question. */
  @Test
  void main_asAPipe_answersLineByLine() throws Exception {
    Process process = start("--dialect", "mariadb");
    try (BufferedReader out = process.inputReader(UTF_8)) {
      try (BufferedWriter in = process.outputWriter(UTF_8)) {
        for (int i = 0; i < 3; i++) {
          in.write("{\"sql\":\"RENAME TABLE t" + i + " TO u\"}\n");
          in.flush();
          assertThat(out.readLine())
              .isEqualTo(
                  "{\"answer\":\"yes\",\"kind\":\"RENAME\",\"objects\":[\"t" + i + "\",\"u\"]}");
        }
      }
      assertThat(out.readLine()).isNull();
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void main_manyLines_givesAsMany() throws Exception {
    Path file = Files.writeString(
        directory.resolve("many.jsonl"),
        IntStream.range(0, 100_000)
            .mapToObj(
                i -> "{\"sql\":\"INSERT INTO t" + i + " SELECT a, b FROM u WHERE c = 'x'\"}\n")
            .collect(Collectors.joining()));
    Process process = start("--dialect", "h2", file.toString());
    try (BufferedReader out = process.inputReader(UTF_8)) {
      assertThat(out.lines().filter(NO::equals).count()).isEqualTo(100_000);
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "ddl"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
