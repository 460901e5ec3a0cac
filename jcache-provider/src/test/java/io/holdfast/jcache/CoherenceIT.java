package io.holdfast.jcache;

import static io.holdfast.store.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.store.CacheFile;
import io.holdfast.store.Doze;
import io.holdfast.store.StoreStatistics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another JVM writes; this one's heap tier holds the key all the while. */
final class CoherenceIT {
  private static final int WRITES = 2_000;

  @TempDir
  Path directory;

  /** The other JVM. */
  private static final class Other implements AutoCloseable {
    private final Process process;
    private final BufferedReader in;
    private final OutputStreamWriter out;

    Other(Path file) throws IOException {
      process = EchoingCacheProcess.start(file);
      in = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      out = new OutputStreamWriter(process.getOutputStream(), UTF_8);
    }

    /** Returns when the other's put has returned. */
    void put(int value) throws IOException {
      out.write(value + "\n");
      out.flush();
      assertThat(in.readLine()).isEqualTo(String.valueOf(value));
    }

    @Override
    public void close() throws IOException {
      out.close();
      try {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
      } catch (InterruptedException e) {
        throw new IOException(e);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private ManagerFixture manager(String coherence) {
    Properties properties = new Properties();
    properties.setProperty(HoldfastProperties.COHERENCE, coherence);
    return new ManagerFixture(directory, properties);
  }

  private static StoreStatistics statistics(ManagerFixture fixture) {
    try (CacheFile shared = CacheFile.openExisting(fixture.file())) {
      return shared.statistics();
    }
  }

  @Test
  void get_strict_afterTheOthersPutReturned_isNeverOlder() throws Exception {
    try (var fixture = manager("strict")) {
      Cache<String, Integer> cache = EchoingCacheProcess.open(fixture.manager());
      cache.put("shared", 0);
      cache.put("mine", 0);
      AtomicInteger acknowledged = new AtomicInteger();
      AtomicLong stale = new AtomicLong();
      AtomicLong reads = new AtomicLong();
      List<Thread> readers = List.of(
          new Thread(() -> readUntilLast(cache, acknowledged, stale, reads)),
          new Thread(() -> readUntilLast(cache, acknowledged, stale, reads)));
      try (var other = new Other(fixture.file())) {
        readers.forEach(Thread::start);
        for (int i = 1; i <= WRITES; i++) {
          other.put(i);
          acknowledged.set(i);
          if (i % 3 == 0) {
            cache.put("mine", i);
          }
        }
      } finally {
        acknowledged.set(WRITES);
        for (Thread reader : readers) {
          reader.join(TimeUnit.SECONDS.toMillis(20));
        }
      }
      assertThat(stale).hasValue(0);
      assertThat(reads.get()).isGreaterThan(WRITES);
      StoreStatistics statistics = statistics(fixture);
      assertThat(statistics.foreignCommits()).isGreaterThanOrEqualTo(WRITES);
      assertThat(statistics.forgottenCopies()).isPositive();
    }
  }

  private static void readUntilLast(
      Cache<String, Integer> cache,
      AtomicInteger acknowledged,
      AtomicLong stale,
      AtomicLong reads) {
    int atLeast;
    do {
      atLeast = acknowledged.get();
      if (cache.get("shared") < atLeast) {
        stale.incrementAndGet();
      }
      reads.incrementAndGet();
    } while (atLeast < WRITES);
  }

  @Test
  void get_poll_afterTheOthersPutReturned_isNewWithinTheBound() throws Exception {
    int writes = 100;
    long[] delaysNanos = new long[writes];
    try (var fixture = manager("poll")) {
      Cache<String, Integer> cache = EchoingCacheProcess.open(fixture.manager());
      cache.put("shared", 0);
      try (var other = new Other(fixture.file())) {
        for (int i = 0; i < writes; i++) {
          assertThat(cache.get("shared")).isEqualTo(i);
          other.put(i + 1);
          long startNanos = System.nanoTime();
          while (cache.get("shared") <= i) {
            Thread.onSpinWait();
          }
          delaysNanos[i] = System.nanoTime() - startNanos;
        }
      }
    }
    Arrays.sort(delaysNanos);
    // The median: a loaded machine may keep any one wake-up of the thread waiting.
    assertThat(TimeUnit.NANOSECONDS.toMillis(delaysNanos[writes / 2])).isLessThanOrEqualTo(10);
  }

  @Test
  void get_pollWhileNobodyHadRead_isNotOlderThanTheOthersPut() throws Exception {
    try (var fixture = manager("poll")) {
      Cache<String, Integer> cache = EchoingCacheProcess.open(fixture.manager());
      cache.put("shared", 0);
      try (var other = new Other(fixture.file())) {
        assertThat(cache.get("shared")).isZero();
        awaitDoze(fixture.file());
        other.put(1);
        assertThat(cache.get("shared")).isEqualTo(1);
        awaitDoze(fixture.file());
        other.put(2);
        assertThat(cache.getAll(Set.of("shared"))).containsEntry("shared", 2);
      }
    }
  }

  @Test
  void heap_pollWhileNobodyReads_dropsACopyAllTheSame() throws Exception {
    try (var fixture = manager("poll")) {
      Cache<String, Integer> cache = EchoingCacheProcess.open(fixture.manager());
      cache.put("shared", 0);
      try (var other = new Other(fixture.file())) {
        assertThat(cache.get("shared")).isZero();
        awaitDoze(fixture.file());
        long droppedBefore = statistics(fixture).forgottenCopies();
        other.put(1);
        eventually(
            "the copy is dropped", () -> statistics(fixture).forgottenCopies() > droppedBefore);
      }
    }
  }

  // Not by what the thread that looks is doing: for a moment after a read it dozes
  // still, and the read of a copy may be 10 ms old again.
  private static void awaitDoze(Path file) throws Exception {
    eventually("nobody looks for commits", () -> Doze.isOn(file));
  }

  @Test
  void get_afterTheOtherWroteOneKey_answersOthersFromTheHeap() throws Exception {
    int keys = 1_000;
    try (var fixture = manager("strict")) {
      Cache<String, Integer> cache = EchoingCacheProcess.open(fixture.manager());
      cache.put("shared", 0);
      for (int i = 0; i < keys; i++) {
        cache.put("key" + i, i);
        assertThat(cache.get("key" + i)).isEqualTo(i);
      }
      try (var other = new Other(fixture.file())) {
        other.put(1);
        assertThat(cache.get("shared")).isEqualTo(1);
        // Opening the cache over there is a commit as well; neither may have
        // cost more than this key.
        assertThat(statistics(fixture).forgottenCopies()).isLessThanOrEqualTo(1);
      }
    }
  }
}
