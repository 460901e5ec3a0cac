package io.holdfast.store;

import static io.holdfast.store.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Somebody removes, renames or replaces the file while it is open: noticed without being asked. */
@DisabledOnOs(OS.WINDOWS)
final class MovedFileTest {
  @TempDir
  Path directory;

  private Path file() {
    return directory.resolve("cache.db");
  }

  /** The file's users are told once they are on the next one. */
  private static CountDownLatch replaced(StoreFixture store) {
    var latch = new CountDownLatch(1);
    store.file().whenReplaced(latch::countDown);
    return latch;
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(20, TimeUnit.SECONDS)).as("noticed").isTrue();
  }

  @Test
  void fileRemoved_isNoticedAndTheTableGoesOnEmptyInANewOne() throws Exception {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "old");
      long versionBefore = store.table().nextVersion();
      CountDownLatch noticed = replaced(store);

      Files.delete(file());
      await(noticed);

      assertThat(file()).exists();
      assertThat(store.value("a")).isNull();
      assertThat(store.table().nextVersion()).isGreaterThan(versionBefore);
      store.store("a", "new");
      assertThat(store.file().check()).isEmpty();
      assertThat(store.file().setAsides()).isEqualTo(SetAsides.NONE);
      assertThat(store.reopen().value("a")).isEqualTo("new");
    }
  }

  /** Also to a holder in another process, which cannot know what tokens this one gives out. */
  @Test
  void fileRemoved_leaseIsLostAndItsTokenIsNeverGivenAgain() throws Exception {
    StoredKey key = StoreFixture.key("a");
    try (var store = new StoreFixture(directory)) {
      LeaseTable leases = store.file().leases("things");
      long lost = leases.tryAcquire(key, 60_000).orElseThrow();
      CountDownLatch noticed = replaced(store);

      Files.delete(file());
      await(noticed);

      assertThat(leases.isHeld(key, lost)).isFalse();
      assertThat(leases.tryAcquire(key, 60_000).orElseThrow()).isGreaterThan(lost);
      assertThat(leases.isHeld(key, lost)).isFalse();
    }
  }

  /** Nobody looked for up to a second, but whoever writes first does. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void fileRenamedWhileNobodyUsedIt_theNextWriteGoesIntoTheNewOne() throws Exception {
    Path kept = directory.resolve("kept.db");
    try (var store = new StoreFixture(directory)) {
      store.store("a", "old");
      store.file().watch(Coherence.POLL);
      eventually("the file rests", () -> store.background().rests());

      Files.move(file(), kept);
      store.store("a", "new");

      assertThat(store.reopen().value("a")).isEqualTo("new");
    }
    try (CacheFile opened = CacheFile.openExisting(kept)) {
      assertThat(opened.findTable("things").find(StoreFixture.key("a")).value())
          .isEqualTo(new Cell.Text("old"));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void fileRemovedWhileNobodyUsedIt_theNextReadFindsNothing() throws Exception {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "old");
      store.file().watch(Coherence.POLL);
      eventually("the file rests", () -> store.background().rests());

      Files.delete(file());

      assertThat(store.value("a")).isNull();
    }
  }

  @Test
  void fileRemovedWithItsLog_isNoticedAndTheTableGoesOnEmptyInANewOne() throws Exception {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "old");
      CountDownLatch noticed = replaced(store);

      Files.delete(directory.resolve("cache.db-wal"));
      Files.delete(directory.resolve("cache.db-shm"));
      Files.delete(file());
      await(noticed);

      assertThat(store.value("a")).isNull();
      store.store("a", "new");
      assertThat(store.reopen().value("a")).isEqualTo("new");
      assertThat(store.file().check()).isEmpty();
    }
  }

  /** What was only in the log goes into the renamed file: it is whole for whoever keeps it. */
  @Test
  void fileRenamed_hasEveryAcknowledgedWriteUnderItsNewName() throws Exception {
    Path kept = directory.resolve("kept.db");
    try (var store = new StoreFixture(directory)) {
      store.store("a", "old");
      CountDownLatch noticed = replaced(store);
      Files.move(file(), kept);
      await(noticed);
      store.store("a", "new");
      assertThat(store.value("a")).isEqualTo("new");
    }
    try (CacheFile opened = CacheFile.openExisting(kept)) {
      EntryTable table = opened.findTable("things");
      assertThat(table.find(StoreFixture.key("a")).value()).isEqualTo(new Cell.Text("old"));
      assertThat(opened.check()).isEmpty();
    }
  }

  @Test
  void fileReplacedByAnotherCacheFile_goesOnWithItsRows() throws Exception {
    Path restored = directory.resolve("restored");
    Files.createDirectory(restored);
    try (var other = new StoreFixture(restored)) {
      other.store("a", "restored");
    }
    try (var store = new StoreFixture(directory)) {
      store.store("a", "old");
      CountDownLatch noticed = replaced(store);
      Files.move(file(), directory.resolve("kept.db"));
      Files.move(restored.resolve("cache.db"), file());
      await(noticed);
      assertThat(store.value("a")).isEqualTo("restored");
      store.store("a", "new");
      assertThat(store.reopen().value("a")).isEqualTo("new");
    }
  }

  @Test
  void open_fileReplacedBefore_sharesTheFileThatIsThereNow() throws Exception {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "old");
      Files.delete(file());
      try (CacheFile second = CacheFile.open(store.settings(), System::currentTimeMillis)) {
        assertThat(second.openTable(StoreFixture.definition(Long.MAX_VALUE, Long.MAX_VALUE)))
            .isSameAs(store.table());
        assertThat(store.value("a")).isNull();
      }
    }
  }

  @Test
  void fileReplacedByAStranger_failsClearlyUntilItIsGone() throws Exception {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "old");
      Path stranger = Files.writeString(directory.resolve("notes"), "no database".repeat(100));
      Files.move(file(), directory.resolve("kept.db"));
      Files.move(stranger, file());
      awaitFailure(store);

      assertThatThrownBy(() -> store.value("a"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is not a Holdfast cache file");
      assertThatThrownBy(() -> store.store("a", "new")).isInstanceOf(StoreException.class);
      assertThat(file()).hasContent("no database".repeat(100));

      Files.delete(file());
      store.store("a", "new");
      assertThat(store.value("a")).isEqualTo("new");
    }
  }

  // The old file serves until the change is noticed.
  private static void awaitFailure(StoreFixture store) {
    long giveUpAtNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < giveUpAtNanos) {
      try {
        store.value("a");
        Thread.onSpinWait();
      } catch (StoreException noticed) {
        return;
      }
    }
  }

  @Test
  void directoryRemoved_failsClearlyUntilItIsBack() throws Exception {
    Path inner = Files.createDirectory(directory.resolve("inner"));
    try (var store = new StoreFixture(inner)) {
      store.store("a", "old");
      Files.move(inner, directory.resolve("away"));
      awaitFailure(store);
      assertThatThrownBy(() -> store.store("a", "new"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("there is no directory");
      Files.createDirectory(inner);
      store.store("a", "new");
      assertThat(store.value("a")).isEqualTo("new");
    }
  }
}
