package io.holdfast.store;

import static io.holdfast.store.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Opening, refusing, sharing and closing a file. */
final class CacheFileTest {
  @TempDir
  Path directory;

  private Path file() {
    return directory.resolve("cache.db");
  }

  private static CacheFile open(Path file) {
    return CacheFile.open(StoreSettings.of(file), System::currentTimeMillis);
  }

  private static void run(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      for (String statement : statements) {
        Pragmas.run(connection, statement);
      }
    }
  }

  private static void assertRefusedUntouched(Path file, String reason) throws IOException {
    assertRefusedUntouched(StoreSettings.of(file), reason);
  }

  private static void assertRefusedUntouched(StoreSettings settings, String reason)
      throws IOException {
    Path file = settings.file();
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> CacheFile.open(settings, System::currentTimeMillis))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining(file.toString());
    assertThatThrownBy(() -> CacheFile.openExisting(file)).isInstanceOf(StoreException.class);

    assertThat(file).hasBinaryContent(before);
    assertThat(file.resolveSibling("cache.db-wal")).doesNotExist();
    assertThat(file.resolveSibling("cache.db-shm")).doesNotExist();
  }

  @Test
  void open_aTextFile_isRefused() throws IOException {
    Files.writeString(file(), "not a database, though long enough ".repeat(10));
    assertRefusedUntouched(file(), "is not a Holdfast cache file");
  }

  @Test
  void open_databaseOfAnotherProgram_isRefused() throws Exception {
    run(file(), "CREATE TABLE entry_1 (a)");
    assertRefusedUntouched(file(), "another program");
  }

  @Test
  void open_newerFormat_isRefused() throws Exception {
    open(file()).close();
    run(file(), "PRAGMA user_version = 99", "PRAGMA journal_mode = DELETE");
    assertRefusedUntouched(file(), "cache format 99");
  }

  @Test
  void open_truncatedFileAndPolicyFail_isRefused() throws Exception {
    try (var store = new StoreFixture(directory)) {
      for (int i = 0; i < 100; i++) {
        store.store("key " + i, "value ".repeat(100));
      }
    }
    run(file(), "PRAGMA journal_mode = DELETE");
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), java.util.Arrays.copyOf(whole, whole.length / 2));
    StoreSettings fail = StoreSettings.of(file()).withCorruption(CorruptionPolicy.FAIL);
    assertRefusedUntouched(fail, "is damaged");
  }

  /** A log index that stays mapped after a failed open would cost later openings their snapshots. */
  @Test
  void open_failsAfterTheLogIndexIsMapped_leavesNothingBehind() throws Exception {
    open(file()).close();
    assertThatThrownBy(() -> OpenFiles.open(
            StoreSettings.of(file()),
            System::currentTimeMillis,
            OpenFiles.IfAbsent.CREATE,
            hasher -> {
              throw new IllegalStateException("the opening fails late");
            }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(openLogIndexes()).isEmpty();
    assertThat(file().resolveSibling("cache.db-wal")).doesNotExist();
  }

  private List<String> openLogIndexes() {
    return System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.contains(directory.toString()))
        .toList();
  }

  @Test
  void open_directoryMissing_saysSo() {
    Path nowhere = directory.resolve("nowhere").resolve("cache.db");
    assertThatThrownBy(() -> open(nowhere))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no directory");
  }

  @Test
  void openExisting_noFile_createsNone() {
    assertThatThrownBy(() -> CacheFile.openExisting(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("There is no cache file");
    assertThat(file()).doesNotExist();
  }

  @Test
  void open_emptyFile_becomesACacheFile() throws IOException {
    Files.createFile(file());
    assertThatThrownBy(() -> CacheFile.openExisting(file())).isInstanceOf(StoreException.class);
    try (CacheFile opened = open(file())) {
      assertThat(opened.caches()).isEmpty();
    }
  }

  @Test
  void open_nameWithSpecialCharacters_isTakenLiterally() {
    Path odd = directory.resolve("a b?mode=memory#c%20é.db");
    try (CacheFile opened = open(odd)) {
      assertThat(opened.path()).exists().isEqualTo(opened.path());
    }
    assertThat(odd).isNotEmptyFile();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void open_newFile_isOwnerOnlyWithItsLog() throws IOException {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "secret");
      for (String suffix : List.of("", "-wal", "-shm")) {
        Path part = directory.resolve("cache.db" + suffix);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part)))
            .as(part.toString())
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  @SuppressWarnings("try") // closing early and twice is the point
  void open_twice_sharesTheFileUntilTheLastClose() {
    try (CacheFile first = open(file());
        CacheFile second = open(directory.resolve(".").resolve("cache.db"))) {
      var definition = StoreFixture.definition(10, 1000);
      EntryTable table = first.openTable(definition);
      assertThat(second.openTable(definition)).isSameAs(table);

      first.close();
      first.close();

      assertThatThrownBy(first::caches).isInstanceOf(IllegalStateException.class);
      assertThat(table.find(key("a"))).isNull();
    }
  }

  @Test
  void open_secondNameOfAnOpenFile_isRefused() throws IOException {
    try (CacheFile first = open(file())) {
      Path link = Files.createLink(directory.resolve("link.db"), first.path());
      assertThatThrownBy(() -> open(link))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("second name");
    }
  }

  @Test
  void close_afterUse_leavesNoThreadAndNoLog() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "value");
      assertThat(threadNames()).anyMatch(name -> name.startsWith("holdfast-store cache.db"));
    }
    assertThat(threadNames()).noneMatch(name -> name.startsWith("holdfast-store cache.db"));
    assertThat(directory.resolve("cache.db-wal")).doesNotExist();
  }

  private static List<String> threadNames() {
    var threads = ManagementFactory.getThreadMXBean();
    return java.util.Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(java.util.Objects::nonNull)
        .map(java.lang.management.ThreadInfo::getThreadName)
        .toList();
  }

  @Test
  void findTable_withoutCodecs_findsPagesAndClears() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "value");
    }
    try (CacheFile opened = CacheFile.openExisting(file())) {
      assertThat(opened.findTable("nobody")).isNull();
      EntryTable table = opened.findTable("things");
      assertThat(table.definition().valueFormat()).isEqualTo("text");
      assertThat(table.page(Long.MIN_VALUE, 10)).hasSize(1);
      assertThat(table.find(key("a"))).isNotNull();

      table.clear();

      assertThat(opened.caches().get(0).entries()).isZero();
      assertThat(opened.check()).isEmpty();
    }
  }

  @Test
  void check_countersOrAccessesAreWrong_saysSo() throws SQLException {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "value");
    }
    run(file(), "DELETE FROM entry_1", "INSERT INTO access_1 VALUES (5, 6, 7)");
    try (CacheFile opened = CacheFile.openExisting(file())) {
      assertThat(opened.check())
          .anyMatch(finding -> finding.contains("things: entries: 1 expected, 0 found"))
          .anyMatch(finding -> finding.contains("access times without an entry"));
    }
  }

  @Test
  void state_putIfAbsent_isDurableAndKeepsTheFirst() {
    byte[] id = {1};
    try (var store = new StoreFixture(directory)) {
      StateTable state = store.file().state("later");
      assertThat(state.putIfAbsent("classes", id, new byte[] {7})).isNull();
      assertThat(state.putIfAbsent("classes", id, new byte[] {8})).containsExactly(7);

      StateTable reopened = store.reopen().file().state("later");
      assertThat(reopened.get("classes", id)).containsExactly(7);
      assertThat(reopened.get("other", id)).isNull();
      assertThat(reopened.entries("classes")).hasSize(1);
      assertThat(reopened.remove("classes", id, new byte[] {8})).isFalse();
      assertThat(reopened.remove("classes", id, new byte[] {7})).isTrue();
      assertThat(reopened.get("classes", id)).isNull();
    }
  }

  @Test
  void apply_diskFull_keepsTheOldValueAndRecovers() throws SQLException {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "old");
      Writer writer = store.writer();
      long pages = Pragmas.readLong(writer.connection(), "PRAGMA page_count");
      Pragmas.readLong(writer.connection(), "PRAGMA max_page_count = " + pages);

      assertThatThrownBy(() -> store.store("a", "new".repeat(100_000)))
          .isExactlyInstanceOf(StoreException.class)
          .hasMessageContaining("write entries")
          .hasMessageContaining("cache.db");
      assertThat(store.value("a")).isEqualTo("old");

      Pragmas.readLong(writer.connection(), "PRAGMA max_page_count = 1000000");
      assertThat(store.store("a", "new").applied()).isTrue();
      assertThat(store.value("a")).isEqualTo("new");
    }
  }
}
