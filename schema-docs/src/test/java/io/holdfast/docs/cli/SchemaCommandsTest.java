package io.holdfast.docs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.docs.Main;
import io.holdfast.schema.SchemaWatch;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** fingerprint, diff and watch on small real databases. */
class SchemaCommandsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SECRET = "geheim-7";

  @TempDir
  Path directory;

  @AfterEach
  void endWatching() {
    SchemaWatch.shutdown();
  }

  private String sqlite(String name, String... statements) throws SQLException {
    String url = "jdbc:sqlite:" + directory.resolve(name);
    execute(url, "", "", statements);
    return url;
  }

  private String h2(String name, String... statements) throws SQLException {
    String url = "jdbc:h2:" + directory.resolve(name);
    execute(url, "me", SECRET, statements);
    return url;
  }

  private static void execute(String url, String user, String password, String... statements)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void fingerprint_sameTablesElsewhere_printsTheSameStructures() throws Exception {
    String one = sqlite("one.db", "CREATE TABLE a (x)", "CREATE TABLE b (y PRIMARY KEY)");
    String two = sqlite("two.db", "create table b (y primary key)", "create table a (x)");
    Shell first = Shell.run("fingerprint", "--url", one, "--json");
    Shell second = Shell.run("fingerprint", "--url", two, "--json");
    assertThat(first.exitCode()).as(first.err()).isZero();
    JsonNode tables = MAPPER.readTree(first.out()).path("tables");
    JsonNode others = MAPPER.readTree(second.out()).path("tables");
    assertThat(tables.findValuesAsText("table")).containsExactly("a", "b");
    assertThat(tables.findValuesAsText("structure"))
        .allMatch(hash -> hash.matches("f2:[0-9a-f]{64}"))
        .doesNotHaveDuplicates()
        .isEqualTo(others.findValuesAsText("structure"));
    assertThat(tables.findValuesAsText("incarnation"))
        .isNotEqualTo(others.findValuesAsText("incarnation"));
    assertThat(MAPPER.readTree(first.out()).path("fingerprint"))
        .isEqualTo(MAPPER.readTree(second.out()).path("fingerprint"));

    Shell text = Shell.run("fingerprint", "--url", one, "--table", "b");
    assertThat(text.out())
        .contains("main.b")
        .contains(tables.get(1).path("structure").asText())
        .doesNotContain("main.a");
    assertThat(Shell.run("fingerprint", "--url", one, "--schema", "other").out())
        .contains("0 tables");
    Shell missing = Shell.run("fingerprint", "--url", one, "--table", "c");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("no table or view c");
  }

  @Test
  void diff_edited_namesTheEditAndExitsWith1() throws Exception {
    String one = sqlite("one.db", "CREATE TABLE a (x)", "CREATE TABLE gone (x)");
    String two = sqlite("two.db", "CREATE TABLE a (x, y TEXT)", "CREATE TABLE come (x)");
    Shell shell = Shell.run("diff", "--url", one, "--url", two);
    assertThat(shell.exitCode()).as(shell.err()).isEqualTo(1);
    assertThat(shell.out())
        .contains("main.a\n  column y added (text)\n")
        .contains("main.come\n  only in the second\n")
        .contains("main.gone\n  only in the first\n")
        .contains("3 tables differ");
    JsonNode json = MAPPER.readTree(
        Shell.run("diff", "--url", one, "--url", two, "--table", "a", "--json").out());
    assertThat(json.path("same").asBoolean()).isFalse();
    assertThat(json.path("tables")).hasSize(1);
    assertThat(json.at("/tables/0/changes/0").toString())
        .isEqualTo("{\"change\":\"column added\",\"column\":\"y\",\"type\":\"text\"}");
    Shell same = Shell.run("diff", "--url", one, "--url", one);
    assertThat(same.exitCode()).isZero();
    assertThat(same.out()).contains("the same, 2 tables");
  }

  @Test
  void diff_ofTwoProducts_saysWhatIsComparable() throws Exception {
    String one = sqlite(
        "one.db",
        "CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
        "CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parents)");
    String two = h2(
        "two",
        "CREATE TABLE parents (id BIGINT PRIMARY KEY, name VARCHAR(90) NOT NULL)",
        "CREATE TABLE children (id BIGINT PRIMARY KEY, parent BIGINT REFERENCES parents)");
    Run same = launch("diff", "--url", one, "--url", two, "--user", "me");
    assertThat(same.exitCode()).as(same.output()).isZero();
    assertThat(same.output())
        .contains("the same, 2 tables")
        .contains("Compared: ")
        .contains("Not comparable: types, ");
    execute(two, "me", SECRET, "ALTER TABLE children ALTER COLUMN parent SET NOT NULL");
    Run different = launch("diff", "--url", one, "--url", two, "--user", "me");
    assertThat(different.exitCode()).isEqualTo(1);
    assertThat(different.output()).contains("column parent nullability null -> not null");
  }

  @Test
  void diff_mistakes_areOneSentenceAndExitWith2() throws Exception {
    String one = sqlite("one.db", "CREATE TABLE a (x)");
    String two = h2("two", "CREATE TABLE a (x INT)");
    assertThat(Shell.run("diff", "--url", one).exitCode()).isEqualTo(2);
    assertThat(Shell.run("diff", "--url", one).err()).contains("--url twice");
    Shell none = Shell.run("diff", "--url", one, "--url", "jdbc:sqlite:" + directory + "/none.db");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("no SQLite file").hasLineCount(1);
    Shell rejected =
        Shell.run("diff", "--url", one, "--url", two + ";PASSWORD=wrong-1", "--user", "me");
    assertThat(rejected.exitCode()).isEqualTo(2);
    assertThat(rejected.err()).contains("rejects the user or the password").hasLineCount(1);
    assertThat(rejected.out() + rejected.err()).doesNotContain("wrong-1");
    assertThat(Shell.run("diff", "--url", one, "--url", "jdbc:nosuch:x").err())
        .contains("no driver");
  }

  @Test
  void watch_alteredElsewhere_printsALineForEach() throws Exception {
    String url = sqlite("one.db", "CREATE TABLE a (x)");
    Watching watching = Watching.begin(
        "watch", "--url", url, "--poll", "20ms", "--count", "2", "--for", "60", "--json");
    sqlite("one.db", "ALTER TABLE a ADD COLUMN y", "CREATE TABLE b (x)");
    Shell shell = watching.await();
    assertThat(shell.exitCode()).as(shell.err()).isZero();
    assertThat(shell.err()).contains("Watching ").contains("asking every 20ms");
    var told = new ArrayList<String>();
    for (String line : shell.out().lines().toList()) {
      JsonNode drift = MAPPER.readTree(line);
      told.add(
          drift.path("table").asText() + " " + drift.at("/changes/0/change").asText());
    }
    assertThat(told).containsExactlyInAnyOrder("a column added", "b table created");
  }

  @Test
  void journal_ofAWatch_canBeRead() throws Exception {
    String url = sqlite("one.db", "CREATE TABLE a (x)");
    String file = directory.resolve("drift.jsonl").toString();
    Watching watching = Watching.begin(
        "watch", "--url", url, "--poll", "20ms", "--count", "1", "--for", "60", "--journal", file);
    sqlite("one.db", "ALTER TABLE a ADD COLUMN y DEFAULT 'geheim-7'");
    assertThat(watching.await().out()).contains("main.a: column y added");
    Shell journal = Shell.run("journal", file);
    assertThat(journal.exitCode()).as(journal.err()).isZero();
    assertThat(journal.out()).contains("main.a: column y added (other session)").hasLineCount(1);
    JsonNode json =
        MAPPER.readTree(Shell.run("journal", file, "--last", "1", "--json").out());
    assertThat(json.path("table").asText()).isEqualTo("a");
    Shell none = Shell.run("journal", directory.resolve("none").toString());
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("Cannot read a journal").hasLineCount(1);
  }

  @Test
  void watch_nothingHappens_endsInTime() throws Exception {
    String url = sqlite("one.db", "CREATE TABLE a (x)");
    Shell shell = Shell.run("watch", "--url", url, "--for", "1");
    assertThat(shell.exitCode()).isZero();
    assertThat(shell.out()).isEmpty();
    assertThat(Shell.run("watch", "--url", url, "--count", "0").exitCode()).isEqualTo(2);
  }

  private record Run(int exitCode, String output) {}

  /** As the launcher does it, with the password where it belongs. */
  private Run launch(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName()));
    command.addAll(List.of(arguments));
    File output = directory.resolve("output").toFile();
    var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
    builder.environment().put("HOLDFAST_PASSWORD", SECRET);
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    String printed = Files.readString(output.toPath(), StandardCharsets.UTF_8);
    assertThat(printed).doesNotContain(SECRET);
    return new Run(process.exitValue(), printed);
  }
}
