package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file is replaced while connections to it are being opened: none reads the other file, or its log. */
@DisabledOnOs(OS.WINDOWS)
final class ConnectionSourceTest {
  @TempDir
  Path directory;

  private Path other() {
    return directory.resolve("other");
  }

  private Path file() {
    return StoreFixture.fileIn(directory);
  }

  private StoreFixture filled() throws IOException {
    Files.createDirectory(other());
    try (var store = new StoreFixture(other())) {
      store.store("a", "other");
    }
    var store = new StoreFixture(directory);
    store.store("a", "first");
    return store;
  }

  private void replace() {
    try {
      Files.move(StoreFixture.fileIn(other()), file(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void openReader_fileReplacedBefore_readsNothingOfTheOther() throws Exception {
    try (var store = filled()) {
      var source = new ConnectionSource(
          file(), FileIdentity.of(file()), new EntryLimit(FileLimits.DEFAULT_ENTRY_BYTES));
      replace();

      assertThatThrownBy(source::openReader)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("is not the file that was opened any more");
      assertThat(store.value("a")).isIn("first", "other");
    }
  }

  /** The look at the name comes after the opening, so there is no moment between them to slip into. */
  @Test
  void open_eachConnection_looksAtTheNameBeforeItReadsAndAfterItHasItsLog() throws Exception {
    filled().close();
    var looks = new AtomicInteger();
    Pragmas.Proof noLogYet = () -> {
      if (looks.incrementAndGet() == 1) {
        assertThat(directory.resolve("cache.db-shm")).doesNotExist();
      } else {
        assertThat(directory.resolve("cache.db-shm")).exists();
      }
    };
    Pragmas.openReader(file(), noLogYet).close();
    assertThat(looks).hasValue(2);
    looks.set(0);
    Pragmas.openCheckpointing(file(), noLogYet).close();
    assertThat(looks).hasValue(2);
    looks.set(0);
    Pragmas.openWriter(file(), Durability.NORMAL, noLogYet).close();
    assertThat(looks).hasValue(2);
  }

  @Test
  void open_proofFails_leavesNoConnectionBehind() throws Exception {
    filled().close();
    assertThatThrownBy(() -> Pragmas.openReader(file(), () -> {
          throw new SQLException("no");
        }))
        .isInstanceOf(SQLException.class)
        .hasMessage("no");
    assertThat(directory.resolve("cache.db-shm")).doesNotExist();
    try (var store = new StoreFixture(directory)) {
      assertThat(store.value("a")).isEqualTo("first");
    }
  }

  /** Replaced at the worst moment: after the file was looked at, before its log is opened. */
  @Test
  void openReader_fileReplacedAfterTheFirstLook_isGivenToNobody() throws Exception {
    try (var store = filled()) {
      var source = new ConnectionSource(
          file(), FileIdentity.of(file()), new EntryLimit(FileLimits.DEFAULT_ENTRY_BYTES));
      var looks = new AtomicInteger();
      assertThatThrownBy(() -> Pragmas.openReader(file(), () -> {
            source.requireInPlace();
            if (looks.incrementAndGet() == 1) {
              replace();
            }
          }))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("is not the file that was opened any more");
      assertThat(looks).hasValue(1);
      assertThat(store.value("a")).isIn("first", "other");
    }
  }

  @Test
  void open_fileReplacedMeanwhile_opensTheOtherOne() throws Exception {
    filled().close();
    var opened = new AtomicInteger();
    var settings = StoreSettings.of(file());
    try (CacheFile cacheFile =
        OpenFiles.open(settings, System::currentTimeMillis, OpenFiles.IfAbsent.CREATE, hasher -> {
          if (opened.incrementAndGet() == 1) {
            replace();
          }
          return hasher;
        })) {
      EntryTable table = cacheFile.openTable(StoreFixture.definition(10, 10_000));
      assertThat(table.find(StoreFixture.key("a")).value()).isEqualTo(new Cell.Text("other"));
      assertThat(cacheFile.check()).isEmpty();
    }
    assertThat(opened).hasValue(2);
    assertThat(CacheFile.setAsideBeside(file())).isEmpty();
  }
}
