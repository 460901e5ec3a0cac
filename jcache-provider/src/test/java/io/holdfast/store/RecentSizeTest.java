package io.holdfast.store;

import static io.holdfast.store.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;

/** What a monitor asks for, again and again, costs next to nothing and waits for nobody. */
@Timeout(60)
final class RecentSizeTest {
  @TempDir
  Path directory;

  @Test
  void recentSize_ownWrites_areSeenAtOnce() {
    try (var store = new StoreFixture(directory)) {
      assertThat(store.table().recentSize()).isEqualTo(new TableSize(0, 0));
      store.store("key", "value");
      assertThat(store.table().recentSize()).isEqualTo(new TableSize(1, 8));
      store.table().clear();
      assertThat(store.table().recentSize()).isEqualTo(new TableSize(0, 0));
      store.store("key", "value");
      store.table().clear();
      assertThat(store.table().recentSize()).isEqualTo(new TableSize(0, 0));
    }
  }

  @Test
  void recentSize_writesOfOthers_areSeenAfterASecond_withOneRead() throws Exception {
    try (var store = new StoreFixture(directory)) {
      store.store("key", "value");
      assertThat(store.table().recentSize().entries()).isOne();
      writeAsAnotherProcess(store, 7);
      long reads = store.file().statistics().reads();

      store.advance(999);
      assertThat(store.table().recentSize().entries()).isOne();
      assertThat(store.file().statistics().reads()).isEqualTo(reads);

      store.advance(1);
      for (int i = 0; i < 100; i++) {
        assertThat(store.table().recentSize()).isEqualTo(new TableSize(8, 78));
      }
      assertThat(store.file().statistics().reads()).isEqualTo(reads + 1);
    }
  }

  @Test
  void recentSize_ownWriteAfterThoseOfOthers_countsBoth() throws Exception {
    try (var store = new StoreFixture(directory)) {
      assertThat(store.table().recentSize().entries()).isZero();
      writeAsAnotherProcess(store, 7);
      store.store("key", "value");
      assertThat(store.table().recentSize()).isEqualTo(new TableSize(8, 78));
    }
  }

  @Test
  void recentSize_clockWasSetBack_asksTheFile() throws Exception {
    try (var store = new StoreFixture(directory)) {
      assertThat(store.table().recentSize().entries()).isZero();
      writeAsAnotherProcess(store, 7);
      store.advance(-3_600_000);
      assertThat(store.table().recentSize().entries()).isEqualTo(7);
    }
  }

  @Test
  void figures_whileTheWriterIsBusy_areToldWithoutWaiting() throws Exception {
    try (var store = new StoreFixture(directory)) {
      store.store("key", "value");
      whileWriting(store, () -> {
        assertThat(store.table().recentSize()).isEqualTo(new TableSize(1, 8));
        assertThat(store.file().statistics().commits()).isPositive();
        assertThat(store.file().setAsides().count()).isZero();
      });
    }
  }

  @Test
  void bufferedAccesses_countRows_untilTheyAreWritten() throws Exception {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "1");
      store.store("b", "2");
      long a = store.table().find(StoreFixture.key("a")).rowId();
      long b = store.table().find(StoreFixture.key("b")).rowId();
      whileWriting(store, () -> {
        for (int i = 0; i < 5; i++) {
          store.table().recordAccess(a, store.nowMillis());
          store.table().recordAccess(b, store.nowMillis());
        }
        assertThat(store.table().bufferedAccesses()).isEqualTo(2);
        assertThat(store.file().statistics().bufferedAccesses()).isEqualTo(2);
      });
      eventually("written", () -> store.file().statistics().bufferedAccesses() == 0);
    }
  }

  private static void writeAsAnotherProcess(StoreFixture store, int entries) throws Exception {
    try (SQLiteConnection other = Pragmas.openWriter(store.path(), Durability.NORMAL)) {
      Pragmas.run(
          other,
          "UPDATE tally SET entries = entries + " + entries + ", payload_bytes = payload_bytes + "
              + 10 * entries);
    }
  }

  /** Runs something while the one connection that writes is in use. */
  private static void whileWriting(StoreFixture store, Runnable look) throws InterruptedException {
    Writer writer = store.writer();
    var isBusy = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    Thread busy = new Thread(() -> writer.outsideTransaction("be busy", () -> {
      isBusy.countDown();
      return awaited(mayEnd);
    }));
    busy.start();
    try {
      assertThat(isBusy.await(30, TimeUnit.SECONDS)).isTrue();
      look.run();
    } finally {
      mayEnd.countDown();
      busy.join();
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
