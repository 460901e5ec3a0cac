package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one file: each sees at once what the other has acknowledged. */
final class TwoProcessIT {
  private static final int WRITES = 2_000;

  @TempDir
  Path directory;

  @Test
  void find_afterTheOtherProcessAcknowledged_isNeverOlder() throws Exception {
    try (var store = new StoreFixture(directory)) {
      store.store("shared", "0");
      Process child = ChildJvm.start(EchoingProcess.class, directory.toString());
      AtomicLong acknowledged = new AtomicLong();
      AtomicLong stale = new AtomicLong();
      AtomicLong reads = new AtomicLong();
      List<Thread> readers = List.of(
          new Thread(() -> readUntilLast(store, acknowledged, stale, reads)),
          new Thread(() -> readUntilLast(store, acknowledged, stale, reads)));
      readers.forEach(Thread::start);
      try (var in = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8));
          var out = new OutputStreamWriter(child.getOutputStream(), UTF_8)) {
        for (int i = 1; i <= WRITES; i++) {
          out.write(i + "\n");
          out.flush();
          acknowledged.set(Long.parseLong(in.readLine()));
          // Own writes in between: the other process must not lose them either.
          if (i % 50 == 0) {
            store.store("own", String.valueOf(i));
            assertThat(store.value("own")).isEqualTo(String.valueOf(i));
          }
        }
      } finally {
        acknowledged.set(WRITES);
        for (Thread reader : readers) {
          reader.join(TimeUnit.SECONDS.toMillis(20));
        }
        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(child.exitValue()).isZero();
      assertThat(reads.get()).isGreaterThan(WRITES);
      assertThat(stale).hasValue(0);
      assertThat(store.value("shared")).isEqualTo(String.valueOf(WRITES));
      assertThat(store.file().check()).isEmpty();
    }
  }

  private static void readUntilLast(
      StoreFixture store, AtomicLong acknowledged, AtomicLong stale, AtomicLong reads) {
    long atLeast;
    do {
      atLeast = acknowledged.get();
      long found = Long.parseLong(store.value("shared"));
      if (found < atLeast) {
        stale.incrementAndGet();
      }
      reads.incrementAndGet();
    } while (atLeast < WRITES);
  }

  @Test
  void compact_byTheOtherProcess_changesNothingThatIsHeldInMemory() throws Exception {
    try (var store = new StoreFixture(directory);
        var other = OtherProcess.start(directory)) {
      // Less than the background work would return by itself.
      for (int i = 0; i < 100; i++) {
        store.store("key" + i, "x".repeat(6_000));
      }
      store.table().clear();
      store.store("held", "value");
      AtomicLong dropped = new AtomicLong();
      try (var hearing = store.table().hear(counting(dropped))) {
        store.file().catchUp();
        assertThat(dropped).hasValue(0);
        store.file().checkpoint();
        long bytesBefore = Files.size(store.path());

        assertThat(other.ask("compact")).isEqualTo("compacted");

        assertThat(Files.size(store.path())).isLessThan(bytesBefore / 2);
        store.file().catchUp();
        assertThat(dropped).hasValue(0);
        other.ask("put held again");
        store.file().catchUp();
        assertThat(dropped).hasValue(1);
        hearing.attend();
      }
    }
  }

  /** Counts each row that changed; everything counts many. */
  private static ForeignChanges counting(AtomicLong dropped) {
    return new ForeignChanges() {
      @Override
      public boolean isInterested() {
        return true;
      }

      @Override
      public int rowsChanged(long[] rowIds) {
        dropped.addAndGet(rowIds.length);
        return rowIds.length;
      }

      @Override
      public int everythingChanged() {
        dropped.addAndGet(1_000_000);
        return 1;
      }
    };
  }
}
