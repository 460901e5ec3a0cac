package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.store.CacheFile.IfPresent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A backup is a cache file of one moment, and is there as a whole or not at all. */
final class FileBackupTest {
  @TempDir
  Path directory;

  private Path target() {
    return directory.resolve("backup.db");
  }

  private static CacheFile open(Path file) {
    return CacheFile.open(StoreSettings.of(file), () -> FormatFile.MADE_AT_MILLIS);
  }

  @Test
  void backup_ofEveryKindOfRow_opensWithTheSameSchemaAndRows() throws Exception {
    Path source = StoreFixture.fileIn(directory);
    FormatFile.make(source);
    try (CacheFile file = open(source)) {
      file.backup(target(), IfPresent.REFUSE);
    }

    assertThat(StoredFormats.schema(target())).isEqualTo(StoredFormats.schema(source));
    try (CacheFile file = open(source);
        CacheFile copy = open(target())) {
      assertThat(copy.check()).isEmpty();
      assertThat(copy.caches()).isEqualTo(file.caches());
      for (FormatFile.Content<?, ?> content : FormatFile.contents()) {
        List<StoredEntry> rows = file.findTable(content.name()).page(Long.MIN_VALUE, 1_000);
        assertThat(rows).hasSize(content.entries().size());
        assertThat(copy.findTable(content.name()).page(Long.MIN_VALUE, 1_000)).isEqualTo(rows);
      }
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void backup_newFile_isOwnerOnlyAndLeavesNothingElse() throws Exception {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "secret");
      store.file().backup(target(), IfPresent.REFUSE);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target())))
        .isEqualTo("rw-------");
    assertThat(directory.toFile().list())
        .contains("cache.db")
        .filteredOn(name -> !name.startsWith("cache.db"))
        .containsExactly("backup.db");
  }

  /** Pairs are written in one transaction each: a copy of a moment has both halves or neither. */
  @Test
  void backup_whileAnotherThreadWritesPairs_holdsWholePairs() throws Exception {
    var writer = Executors.newSingleThreadExecutor();
    try (var store = new StoreFixture(directory)) {
      var stop = new AtomicBoolean();
      var hasBegun = new CountDownLatch(50);
      Future<?> writing = writer.submit(() -> {
        for (int n = 0; !stop.get(); n++) {
          String value = String.valueOf(n);
          store
              .table()
              .apply(List.of(
                  store.put(StoreFixture.key("left"), value),
                  store.put(StoreFixture.key("filler " + n % 500), "x".repeat(500)),
                  store.put(StoreFixture.key("right"), value)));
          hasBegun.countDown();
        }
      });
      hasBegun.await();
      for (int copy = 0; copy < 3; copy++) {
        store.file().backup(target(), IfPresent.REPLACE);
        try (CacheFile backup = CacheFile.openExisting(target())) {
          assertThat(backup.check()).isEmpty();
          EntryTable table = backup.findTable("things");
          assertThat(table.find(StoreFixture.key("left")).value())
              .isEqualTo(table.find(StoreFixture.key("right")).value());
        }
      }
      stop.set(true);
      writing.get();
    } finally {
      writer.shutdownNow();
    }
  }

  @Test
  void backup_targetIsThere_isRefusedAndReplacedOnlyWhenTold() throws Exception {
    Files.writeString(target(), "precious");
    try (var store = new StoreFixture(directory)) {
      store.store("a", "value");
      assertThatThrownBy(() -> store.file().backup(target(), IfPresent.REFUSE))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(target() + " is there already");
      assertThat(target()).content().isEqualTo("precious");

      store.file().backup(target(), IfPresent.REPLACE);
    }
    try (CacheFile copy = CacheFile.openExisting(target())) {
      assertThat(copy.findTable("things").find(StoreFixture.key("a"))).isNotNull();
    }
  }

  @Test
  void backup_overTheFileItselfOrOneInUse_isRefused() throws Exception {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "value");
      assertThatThrownBy(() -> store.file().backup(store.path(), IfPresent.REPLACE))
          .isInstanceOf(StoreException.class);
      Files.createFile(target());
      Files.createFile(directory.resolve("backup.db-wal"));
      assertThatThrownBy(() -> store.file().backup(target(), IfPresent.REPLACE))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use");
      assertThat(store.value("a")).isEqualTo("value");
    }
  }

  @Test
  void backup_noSuchDirectory_saysSo() {
    try (var store = new StoreFixture(directory)) {
      assertThatThrownBy(() -> store
              .file()
              .backup(directory.resolve("nowhere").resolve("backup.db"), IfPresent.REFUSE))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("there is no directory");
    }
  }

  @Test
  void compact_afterClear_returnsTheSpace() throws Exception {
    try (var store = new StoreFixture(directory)) {
      for (int i = 0; i < 100; i++) {
        store.store("key " + i, "value ".repeat(1_000));
      }
      store.file().checkpoint();
      long full = Files.size(store.path());
      store.table().clear();
      store.store("last", "one");

      store.file().compact();

      assertThat(Files.size(store.path())).isLessThan(full / 4);
      assertThat(store.value("last")).isEqualTo("one");
      assertThat(store.file().check()).isEmpty();
    }
  }
}
