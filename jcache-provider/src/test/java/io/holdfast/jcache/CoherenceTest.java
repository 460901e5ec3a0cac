package io.holdfast.jcache;

import static io.holdfast.store.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.store.CacheFile;
import io.holdfast.store.StoreStatistics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else writes into the file leaves the heap tier: here over a plain connection or in the shell. */
final class CoherenceTest {
  @TempDir
  Path directory;

  private ManagerFixture manager(String coherence) {
    Properties properties = new Properties();
    properties.setProperty(HoldfastProperties.COHERENCE, coherence);
    return new ManagerFixture(directory, properties);
  }

  private static void foreign(ManagerFixture fixture, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      statement.executeUpdate(sql);
    }
  }

  @Test
  void get_strict_afterAForeignDelete_isNullAtOnce() throws Exception {
    try (var fixture = manager("strict")) {
      Cache<String, String> words = fixture.words();
      for (int i = 0; i < 50; i++) {
        words.put("key", "value");
        assertThat(words.get("key")).isEqualTo("value");
        foreign(fixture, "DELETE FROM entry_1");
        assertThat(words.get("key")).isNull();
      }
    }
  }

  @Test
  void getAll_strict_afterAForeignUpdate_isTheNewValueAtOnce() throws Exception {
    try (var fixture = manager("strict")) {
      Cache<String, String> words = fixture.words();
      words.put("key", "value");
      assertThat(words.getAll(Set.of("key"))).containsEntry("key", "value");
      foreign(fixture, "UPDATE entry_1 SET value = 'other', version = version + 1");
      assertThat(words.getAll(Set.of("key"))).containsEntry("key", "other");
    }
  }

  @Test
  void get_poll_afterAForeignDelete_isNullSoon() throws Exception {
    try (var fixture = manager("poll")) {
      Cache<String, String> words = fixture.words();
      for (int i = 0; i < 20; i++) {
        words.put("key", "value");
        assertThat(words.get("key")).isEqualTo("value");
        foreign(fixture, "DELETE FROM entry_1");
        eventually("the deletion is noticed", () -> words.get("key") == null);
      }
    }
  }

  @Test
  void get_off_afterAForeignDelete_staysInTheHeap() throws Exception {
    try (var fixture = manager("off")) {
      Cache<String, String> words = fixture.words();
      words.put("key", "value");
      assertThat(words.get("key")).isEqualTo("value");
      foreign(fixture, "DELETE FROM entry_1");
      TimeUnit.MILLISECONDS.sleep(50); // five times as long as polling would take
      assertThat(words.get("key")).isEqualTo("value");
    }
  }

  /** Where the log index cannot be mapped, SQLite itself is asked for its data version. */
  @ParameterizedTest
  @ValueSource(strings = {"poll", "strict"})
  void get_withoutAMappedIndex_hearsForeignCommitsToo(String coherence) throws Exception {
    Path file = Files.createFile(directory.resolve("cache.db")).toRealPath();
    // As if another class loader of this process had it open.
    System.setProperty("io.holdfast.store.walIndex:" + file, "taken");
    try (var fixture = manager(coherence)) {
      Cache<String, String> words = fixture.words();
      words.put("key", "value");
      assertThat(words.get("key")).isEqualTo("value");
      foreign(fixture, "DELETE FROM entry_1");
      eventually("the deletion is noticed", () -> words.get("key") == null);
    } finally {
      System.clearProperty("io.holdfast.store.walIndex:" + file);
    }
  }

  @Test
  void get_afterOwnWrites_keepsOtherKeysInTheHeap() throws Exception {
    try (var fixture = manager("strict")) {
      Cache<String, String> words = fixture.words();
      words.put("hot", "value");
      assertThat(words.get("hot")).isEqualTo("value");
      for (int i = 0; i < 5_000; i++) {
        words.put("key" + i % 10, "value" + i);
        assertThat(words.get("hot")).isEqualTo("value");
      }
      StoreStatistics statistics = statistics(fixture);
      assertThat(statistics.foreignCommits()).isZero();
      assertThat(statistics.forgottenCopies()).isZero();
    }
  }

  @Test
  void statistics_afterAForeignCommit_countItAndWhatTheHeapForgot() throws Exception {
    try (var fixture = manager("strict")) {
      Cache<String, String> words = fixture.words();
      words.put("one", "value");
      words.put("two", "value");
      assertThat(words.getAll(Set.of("one", "two"))).hasSize(2);
      foreign(fixture, "DELETE FROM entry_1 WHERE \"key\" = 'one'");
      assertThat(words.get("one")).isNull();
      StoreStatistics statistics = statistics(fixture);
      assertThat(statistics.foreignCommits()).isEqualTo(1);
      assertThat(statistics.forgottenCopies()).isEqualTo(2);
    }
  }

  private static StoreStatistics statistics(ManagerFixture fixture) {
    try (CacheFile shared = CacheFile.openExisting(fixture.file())) {
      return shared.statistics();
    }
  }

  @Test
  void get_strict_afterADeleteInTheShell_isNullAtOnce() throws Exception {
    Path shell = shell();
    try (var fixture = manager("strict")) {
      Cache<String, String> words = fixture.words();
      words.put("key", "value");
      words.put("other", "value");
      assertThat(words.get("key")).isEqualTo("value");
      assertThat(words.get("other")).isEqualTo("value");
      Process process = new ProcessBuilder(List.of(
              shell.toString(),
              fixture.file().toString(),
              "DELETE FROM entry_1 WHERE \"key\" = 'key'"))
          .redirectErrorStream(true)
          .start();
      assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEmpty();
      assertThat(process.waitFor()).isZero();
      assertThat(words.get("key")).isNull();
      assertThat(words.get("other")).isEqualTo("value");
    }
  }

  private static Path shell() {
    Path shell = Path.of("/usr/bin/sqlite3");
    Assumptions.assumeTrue(
        Files.isExecutable(shell),
        "There is no /usr/bin/sqlite3 here; a plain connection is tested");
    return shell;
  }

  @Test
  void createCache_withAnUnknownCoherence_saysWhichSetting() {
    Properties properties = new Properties();
    properties.setProperty(HoldfastProperties.COHERENCE, "sometimes");
    assertThatThrownBy(() -> new ManagerFixture(directory, properties))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(HoldfastProperties.COHERENCE)
        .hasMessageContaining("sometimes");
  }
}
