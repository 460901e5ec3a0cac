package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person reads in the file without Java: through the driver always, through sqlite3 where it is. */
final class ShellQueriesTest {
  private static final String PLACE = "java io.holdfast.store.FormatFile$Place ";

  @TempDir
  static Path directory;

  private static Path file;

  @BeforeAll
  static void makeFile() throws IOException {
    file = directory.resolve("cache.db");
    FormatFile.make(file);
  }

  static Stream<Arguments> queries() {
    return Stream.of(
        Arguments.of(
            "SELECT \"key\", value FROM cache_texts WHERE \"key\" LIKE 'gr%'", "grüße 🐚|"),
        Arguments.of(
            "SELECT \"key\", value FROM cache_numbers WHERE \"key\" < -1",
            "-9223372036854775808|0.5"),
        Arguments.of(
            "SELECT \"key\", value FROM cache_ids WHERE value LIKE '1970%'",
            "00000000-0000-0001-0000-000000000002|1970-01-01T00:00:00Z"),
        Arguments.of("SELECT \"key\", value FROM cache_prices WHERE \"key\" = 7", "7|1.10"),
        Arguments.of(
            "SELECT \"key\", value FROM cache_colours WHERE \"key\" = 'RED'", "RED|x'00FF'"),
        // The class, and at the end of the stream what tells one object from another.
        Arguments.of(
            "SELECT count(*) FROM cache_places WHERE \"key\" LIKE '" + PLACE
                + "%' AND instr(\"key\", hex('Oban')) > 0",
            "1"),
        Arguments.of("SELECT count(DISTINCT \"key\") FROM cache_places", "3"),
        Arguments.of(
            "SELECT substr(\"key\", 1, " + PLACE.length() + ") || '|' || substr(value, 1, 24)"
                + " FROM cache_objects WHERE value LIKE 'java %'",
            PLACE + "|java java.util.ArrayList"),
        Arguments.of(
            "SELECT group_concat(\"key\", '; ') FROM (SELECT \"key\" FROM cache_objects"
                + " WHERE \"key\" NOT LIKE 'java %' ORDER BY version)",
            "(int) 1; 1; 1; (text) (like this); (uuid) 00000000-0000-0005-0000-000000000006"),
        Arguments.of(
            "SELECT created_at, expires_at, last_access_at, hits, bytes, version, age_s > 0"
                + " FROM cache_texts WHERE \"key\" = ''",
            "2023-11-14T22:13:20.001Z|2023-11-14T22:13:21.000Z|2023-11-14T22:13:25.001Z|1|9|2|1"),
        Arguments.of(
            "SELECT name, entries, bytes, max_entries, max_bytes, created_at, last_write_at, key_format,"
                + " value_format, view_name FROM holdfast_caches WHERE name = 'limited'",
            "limited|2|10|10|100000|2023-11-14T22:13:20.000Z|2023-11-14T22:13:20.000Z|text|text|cache_limited"),
        Arguments.of("SELECT sum(entries) FROM holdfast_caches", "27"));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void query_throughTheDriver_isReadable(String query, String expected) throws Exception {
    try (Connection connection = StoredFormats.connect(file)) {
      assertThat(String.join("\n", StoredFormats.rows(connection, query)).replace("null", ""))
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("queries")
  void query_throughTheShell_isReadable(String query, String expected) throws Exception {
    assertThat(shell(query)).isEqualTo(expected);
  }

  private static String shell(String query) throws IOException, InterruptedException {
    Process shell;
    try {
      shell = new ProcessBuilder("sqlite3", "-batch", file.toString(), query)
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      return abort("sqlite3 is not installed: the same queries run through the driver only");
    }
    try (var out = shell.getInputStream()) {
      String text = new String(out.readAllBytes(), UTF_8);
      assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return text.strip();
    } finally {
      shell.destroyForcibly();
    }
  }
}
