package io.holdfast.store;

import static io.holdfast.store.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file is set aside, never deleted; its users go on empty, and nothing that is not ours is touched. */
@DisabledOnOs(OS.WINDOWS)
final class DamagedFileTest {
  private static final int PAGE_BYTES = 4_096;
  private static final int KEYS = 60;

  @TempDir
  Path directory;

  private Path file() {
    return directory.resolve("cache.db");
  }

  private StoreFixture filled() {
    var store = new StoreFixture(directory);
    for (int i = 0; i < KEYS; i++) {
      store.store("key " + i, "value ".repeat(100));
    }
    return store;
  }

  /** Overwrites all pages from this one on, as a failing disk or a stray program might. */
  private static void scribble(Path file, long fromPage) throws IOException {
    try (var pages = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] garbage = new byte[PAGE_BYTES];
      java.util.Arrays.fill(garbage, (byte) 0xA7);
      for (long page = fromPage; page * PAGE_BYTES < pages.length(); page++) {
        pages.seek(page * PAGE_BYTES);
        pages.write(garbage);
      }
    }
  }

  /** The files of this process must not be opened and closed by it, or SQLite's locks are gone. */
  private static void scribbleFromOutside(Path file, long fromPage, long pages) throws Exception {
    Process dd = new ProcessBuilder(
            "sh",
            "-c",
            "yes | dd of=\"$0\" bs=4096 seek=" + fromPage + " count=" + pages
                + " iflag=fullblock conv=notrunc 2>/dev/null",
            file.toString())
        .start();
    assertThat(dd.waitFor()).isZero();
  }

  private static long pagesOf(Path file) throws IOException {
    return Files.size(file) / PAGE_BYTES;
  }

  private List<Path> setAside() {
    return CacheFile.setAsideBeside(file());
  }

  @Test
  void open_damagedFile_isSetAsideWithItsContentAndMode() throws Exception {
    filled().close();
    scribble(file(), 1);
    byte[] damaged = Files.readAllBytes(file());

    try (var store = new StoreFixture(directory)) {
      assertThat(store.value("key 1")).isNull();
      store.store("key 1", "new");
      assertThat(store.value("key 1")).isEqualTo("new");
      assertThat(store.file().check()).isEmpty();
      assertThat(setAside()).hasSize(1);
      assertThat(setAside().get(0).getFileName().toString())
          .matches("cache\\.db\\.corrupt-\\d{8}T\\d{6}Z");
      assertThat(setAside().get(0)).hasBinaryContent(damaged);
      assertThat(PosixFilePermissions.toString(
              Files.getPosixFilePermissions(setAside().get(0))))
          .isEqualTo("rw-------");
      assertThat(store.file().setAsides().count()).isEqualTo(1);
      assertThat(store.file().setAsides().last()).isEqualTo(setAside().get(0));
      assertThat(store.file().setAsides().lastAtMillis()).isEqualTo(store.nowMillis());
    }
    try (var store = new StoreFixture(directory)) {
      assertThat(store.value("key 1")).isEqualTo("new");
      assertThat(setAside()).hasSize(1);
    }
  }

  /** Opening a file that was set aside makes files beside it, which are no more of its kind. */
  @Test
  void setAsideBeside_fileOpenedToLookIntoIt_isListedOnce() throws Exception {
    filled().close();
    Path aside = directory.resolve("cache.db.corrupt-20260102T030405Z");
    Files.move(file(), aside);

    try (CacheFile opened = CacheFile.openExisting(aside)) {
      assertThat(opened.check()).isEmpty();
      assertThat(setAside()).containsExactly(aside);
    }
    assertThat(setAside()).containsExactly(aside);
  }

  @Test
  void open_truncatedFile_isSetAside() throws Exception {
    filled().close();
    try (var pages = new RandomAccessFile(file().toFile(), "rw")) {
      pages.setLength(pages.length() / 2);
    }
    try (var store = new StoreFixture(directory)) {
      assertThat(store.value("key 1")).isNull();
      assertThat(setAside()).hasSize(1);
    }
  }

  @Test
  void open_damagedFileAndPolicyFail_isRefusedAndLeftUntouched() throws Exception {
    filled().close();
    scribble(file(), 1);
    byte[] damaged = Files.readAllBytes(file());
    StoreSettings fail = StoreSettings.of(file()).withCorruption(CorruptionPolicy.FAIL);

    assertThatThrownBy(() -> new StoreFixture(fail, StoreFixture.definition(10, 10_000)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("malformed");
    assertThatThrownBy(() -> CacheFile.openExisting(file())).isInstanceOf(StoreException.class);

    assertThat(file()).hasBinaryContent(damaged);
    assertThat(setAside()).isEmpty();
  }

  /** Every time another one is more than a person can look at, and the disk is full some day. */
  @Test
  void open_damagedAgainAndAgain_failsWhenThereAreTenAlready() throws Exception {
    for (int i = 0; i < SetAside.MOST_FILES; i++) {
      filled().close();
      scribble(file(), 1);
    }
    filled().close();
    assertThat(setAside()).hasSize(SetAside.MOST_FILES);
    scribble(file(), 1);
    assertThatThrownBy(() -> new StoreFixture(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("are there already");
    assertThat(file()).exists();
  }

  @Test
  void find_damageWhileOpen_isAMissAndTheTableGoesOnEmpty() throws Exception {
    try (var store = filled()) {
      var replaced = new AtomicInteger();
      store.file().whenReplaced(replaced::incrementAndGet);
      EntryTable table = store.table();
      long versionBefore = table.nextVersion();
      store.file().checkpoint();
      scribbleFromOutside(file(), 1, pagesOf(file()) - 1);

      assertThat(store.value("key 1")).isNull();

      assertThat(replaced).hasValue(1);
      assertThat(setAside()).hasSize(1);
      assertThat(store.table()).isSameAs(table);
      assertThat(table.nextVersion()).isGreaterThan(versionBefore);
      assertThat(table.entryCount()).isZero();
      store.store("key 1", "new");
      assertThat(store.value("key 1")).isEqualTo("new");
      assertThat(store.file().check()).isEmpty();
      assertThat(store.file().statistics().commits()).isGreaterThan(KEYS);
      store.reopen();
      assertThat(store.value("key 1")).isEqualTo("new");
    }
  }

  @Test
  void apply_damageWhileOpen_isWrittenToTheFreshFile() throws Exception {
    filled().close();
    // Opened anew: a writer that still has the pages in its memory does not see the damage.
    try (var store = new StoreFixture(directory)) {
      scribbleFromOutside(file(), 1, pagesOf(file()) - 1);

      assertThat(store.store("key 1", "new").applied()).isTrue();

      assertThat(setAside()).hasSize(1);
      assertThat(store.reopen().value("key 1")).isEqualTo("new");
      assertThat(store.value("key 2")).isNull();
      assertThat(store.file().check()).isEmpty();
    }
  }

  @Test
  void anyOperation_damageWhileOpenAndPolicyFail_failsClearlyEachTime() throws Exception {
    StoreSettings fail = StoreSettings.of(file()).withCorruption(CorruptionPolicy.FAIL);
    filled().close();
    try (var store = new StoreFixture(fail, StoreFixture.definition(1_000, 1_000_000))) {
      scribbleFromOutside(file(), 1, pagesOf(file()) - 1);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> store.value("key 1"))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining(file().toString());
      }
      assertThat(setAside()).isEmpty();
    } catch (StoreException closingWritesTheLastAccesses) {
      assertThat(Damage.isIn(closingWritesTheLastAccesses)).isTrue();
    }
  }

  @Test
  void setAside_logNotYetCheckpointed_goesWithItsFile() throws Exception {
    try (var store = filled()) {
      store.file().checkpoint();
      store.store("only in the log", "x");
      scribbleFromOutside(file(), 1, pagesOf(file()) - 1);
      for (int i = 0; i < KEYS; i++) {
        store.value("key " + i);
      }
      assertThat(setAside()).hasSize(1);
      Path log = directory.resolve(setAside().get(0).getFileName() + "-wal");
      assertThat(log).isNotEmptyFile();
    }
  }

  @Test
  void state_damageWhileOpen_isInTheFreshFile() throws Exception {
    byte[] id = {1};
    try (var store = filled()) {
      StateTable state = store.file().state("things");
      state.putIfAbsent("classes", id, new byte[] {7});
      store.file().checkpoint();
      scribbleFromOutside(file(), 1, pagesOf(file()) - 1);
      assertThat(store.value("key 1")).isNull();
      assertThat(state.get("classes", id)).containsExactly(7);
      assertThat(store.reopen().file().state("things").get("classes", id)).containsExactly(7);
    }
  }

  @Test
  void open_noFileButALogOfAnother_doesNotTakeTheLog() throws Exception {
    Files.write(directory.resolve("cache.db-wal"), new byte[] {1, 2, 3});
    try (var store = new StoreFixture(directory)) {
      store.store("a", "1");
      assertThat(store.file().check()).isEmpty();
      try (var names = Files.list(directory)) {
        assertThat(names.map(name -> name.getFileName().toString()))
            .anyMatch(name -> name.matches("cache\\.db\\.corrupt-.*-wal"));
      }
    }
  }

  @Test
  void find_keyOfADroppedTable_stillSaysThatItIsDropped() {
    try (var store = filled()) {
      store.file().drop("things");
      assertThatThrownBy(() -> store.table().find(key("key 1")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("dropped");
    }
  }
}
