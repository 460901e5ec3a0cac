package io.holdfast.docs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user reads who makes a mistake: one sentence, exit code 2, no stack trace, no password. */
class HoldfastCommandTest {

  @TempDir
  Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "docs",
        "fingerprint",
        "diff",
        "watch",
        "journal",
        "cache",
        "ddl",
        "savings",
        "semantic"
      })
  void help_ofEveryCommand_isThere(String command) {
    Shell shell = command.isEmpty() ? Shell.run("--help") : Shell.run(command, "--help");
    assertThat(shell.exitCode()).isZero();
    assertThat(shell.out())
        .contains("Usage: holdfast")
        .contains("--help")
        .contains("--version")
        .doesNotContain("Default: null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stats", "list", "get", "clear", "check", "backup", "compact", "migrate"})
  void help_ofCacheCommands_isThere(String command) {
    assertThat(Shell.run("cache", "x.db", command, "--help").out())
        .contains("Usage: holdfast cache");
  }

  @Test
  void version_isPrinted() {
    assertThat(Shell.run("--version").out()).startsWith("holdfast ");
    assertThat(Shell.run("docs", "--version").exitCode()).isZero();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("Say what to do"),
        mistake("--url", "docs", "--out", "x"),
        mistake("Unknown option", "demo", "--colour"),
        mistake("must begin with jdbc:", "docs", "--url", "shop", "--out", "{dir}/o"),
        mistake("expected one of", "demo", "--database", "oracle"),
        mistake(
            "at least 1",
            "docs",
            "--url",
            "jdbc:sqlite:x",
            "--out",
            "{dir}/o",
            "--sample-rows",
            "0"),
        mistake("no SQLite file", "docs", "--url", "jdbc:sqlite:{dir}/none.db", "--out", "{dir}/o"),
        mistake("Cannot open", "docs", "--url", "jdbc:h2:{dir}/none", "--out", "{dir}/o"),
        mistake("no driver", "docs", "--url", "jdbc:nosuch:x", "--out", "{dir}/o"),
        mistake(
            "Unknown host",
            "docs",
            "--url",
            "jdbc:postgresql://nowhere.invalid/shop",
            "--out",
            "{dir}/o"),
        mistake(
            "Nobody accepts connections",
            "docs",
            "--url",
            "jdbc:postgresql://127.0.0.1:1/shop",
            "--out",
            "{dir}/o"),
        mistake(
            "Cannot write into the directory",
            "docs",
            "--url",
            "jdbc:sqlite:x",
            "--out",
            "{file}/pages"),
        mistake("Cannot write into the directory", "demo", "--out", "{file}/pages"),
        mistake(
            "http or https",
            "docs",
            "--url",
            "jdbc:sqlite:x",
            "--out",
            "{dir}/o",
            "--llm-url",
            "x",
            "--model",
            "m"),
        mistake("--model", "docs", "--url", "jdbc:sqlite:x", "--out", "o", "--llm-url", "http://x"),
        mistake("--url", "serve"),
        mistake("must begin with jdbc:", "serve", "--url", "x=shop", "--cache", "{dir}/c.db"),
        mistake("Cannot open", "serve", "--url", "jdbc:h2:{dir}/none", "--cache", "{dir}/c.db"),
        mistake("a name of its own", "serve", "--url", "jdbc:h2:a", "--url", "jdbc:h2:b"),
        mistake("between 0 and 65535", "serve", "--url", "jdbc:h2:a", "--port", "65536"),
        mistake("at least 1", "serve", "--url", "jdbc:h2:a", "--max-requests", "0"),
        mistake("http or https", "serve", "--url", "jdbc:h2:a", "--llm-url", "x", "--model", "m"),
        mistake("needs --llm-url", "serve", "--url", "jdbc:h2:a", "--judged-pairs", "x"),
        mistake("admin token", "serve", "--url", "jdbc:h2:a", "--admin-token-file", "{dir}/none"),
        mistake("There is no cache file", "cache", "{dir}/none.db", "stats"),
        mistake("There is no cache file", "cache", "{dir}/none.db", "migrate"),
        mistake("not a", "cache", "{file}", "migrate"),
        mistake("not a", "cache", "{file}", "stats"),
        mistake("Say what to do with the file", "cache", "{file}"),
        mistake("--dialect", "ddl", "{file}"),
        mistake("expected one of [postgresql, mysql", "ddl", "--dialect", "db2", "{file}"),
        mistake("Cannot read a file", "ddl", "--dialect", "h2", "{dir}/none.jsonl"));
  }

  private static Arguments mistake(String expected, String... arguments) {
    return Arguments.of(expected, arguments);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistake_isOneSentenceAndExitCodeTwo(String expected, String[] arguments) throws IOException {
    Path file =
        Files.writeString(directory.resolve("file"), "no cache, but long enough ".repeat(50));
    String[] actual = Stream.of(arguments)
        .map(argument ->
            argument.replace("{dir}", directory.toString()).replace("{file}", file.toString()))
        .toArray(String[]::new);
    Shell shell = Shell.run(actual);
    assertThat(shell.exitCode()).as(shell.err()).isEqualTo(2);
    assertThat(shell.err().lines()).hasSize(1);
    assertThat(shell.err()).startsWith("holdfast: ").contains(expected).doesNotContain("Exception");
    assertThat(file).content().startsWith("no cache");
  }

  @Test
  void wrongPassword_isOneSentence_andNoPasswordIsPrinted() throws SQLException {
    String url = "jdbc:h2:" + directory.resolve("locked");
    DriverManager.getConnection(url, "boss", "right-secret").close();
    Shell shell = Shell.run(
        "docs",
        "--url",
        url + ";PASSWORD=wrong-secret",
        "--user",
        "boss",
        "--out",
        directory.resolve("o").toString());
    assertThat(shell.exitCode()).isEqualTo(2);
    assertThat(shell.err())
        .contains("rejects the user or the password of boss")
        .contains("HOLDFAST_PASSWORD")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://me:geheim@host/shop",
        "jdbc:postgresql://host/shop?user=me&password=geheim&ssl=true",
        "jdbc:h2:/x;PASSWORD=geheim;IFEXISTS=TRUE",
        "jdbc:mariadb://host/shop?trustStorePassword=geheim"
      })
  void masked_passwordInTheUrl_isGone(String url) {
    assertThat(Secrets.masked("at " + url + " now")).doesNotContain("geheim").contains("***");
  }
}
