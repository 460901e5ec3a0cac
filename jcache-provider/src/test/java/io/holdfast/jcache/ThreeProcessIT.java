package io.holdfast.jcache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.store.CacheFile;
import io.holdfast.store.CacheFile.CacheSummary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three JVMs, and somebody who rewrites rows over a plain connection, use the same caches: no update is
 * lost, no counter is wrong, no limit is passed, nothing expires twice, and the file is whole.
 */
final class ThreeProcessIT {
  @TempDir
  Path directory;

  private record Child(Process process, BufferedReader in, PrintStream out) {
    static Child start(Path file, long seed) throws IOException {
      Process process = MixedCacheProcess.start(file, seed);
      return new Child(
          process,
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)),
          new PrintStream(process.getOutputStream(), /* autoFlush= */ true));
    }
  }

  @Test
  void mixedOperations_ofThreeProcesses_leaveOneConsistentFile() throws Exception {
    long seed = Long.getLong("holdfast.mixedSeed", System.nanoTime());
    List<Child> children = new ArrayList<>();
    AtomicBoolean ends = new AtomicBoolean();
    try (var fixture = new ManagerFixture(directory)) {
      MixedCacheProcess.Expired.COUNT.set(0);
      var caches = MixedCacheProcess.open(fixture.manager());
      for (int i = 1; i <= 2; i++) {
        children.add(Child.start(fixture.file(), seed + i));
      }
      for (Child child : children) {
        assertThat(child.in().readLine()).isEqualTo("ready");
      }
      for (int i = 0; i < MixedCacheProcess.SHORT_LIVED; i++) {
        caches.shortLived().put(i, "short");
      }
      Thread stranger = new Thread(() -> rewriteRows(fixture.file(), ends));
      stranger.start();
      children.forEach(child -> child.out().println("go"));
      var done = MixedCacheProcess.work(caches, new Random(seed));
      int increments = done.increments();
      int firsts = done.firsts();
      for (Child child : children) {
        String[] numbers = child.in().readLine().split(" ", -1);
        increments += Integer.parseInt(numbers[0]);
        firsts += Integer.parseInt(numbers[1]);
      }
      ends.set(true);
      stranger.join();
      try (CacheFile file = CacheFile.openExisting(fixture.file())) {
        assertThat(caches
                .counters()
                .<Integer>invoke("counter", (entry, arguments) -> entry.getValue()))
            .as("seed " + seed)
            .isEqualTo(increments);
        assertThat(firsts).isEqualTo(MixedCacheProcess.ONCE_KEYS);
        assertThat(file.check()).isEmpty();
        assertThat(summary(file, "limited").entries())
            .isLessThanOrEqualTo(MixedCacheProcess.LIMIT)
            .isEqualTo(elsewhere(fixture.file(), "SELECT count(*) FROM entry_3"));
        assertThat(elsewhere(
                fixture.file(), "SELECT count(version) - count(DISTINCT version) FROM entry_3"))
            .isZero();
        assertThat(elsewhere(
                fixture.file(),
                "SELECT count(*) FROM pragma_integrity_check() WHERE integrity_check = 'ok'"))
            .isEqualTo(1);
        assertThat(summary(file, "short").entries()).isZero();
        assertThat(file.caches()).hasSize(4);
        assertThat(expired(children)).isEqualTo(MixedCacheProcess.SHORT_LIVED);
      }
    } finally {
      ends.set(true);
      for (Child child : children) {
        child.out().close();
        if (!child.process().waitFor(20, TimeUnit.SECONDS)) {
          child.process().destroyForcibly();
        }
      }
    }
  }

  /** How many have expired over all processes, once nobody hears of more; a listener may be late. */
  private static int expired(List<Child> children) throws IOException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    int expired;
    do {
      expired = MixedCacheProcess.Expired.COUNT.get();
      for (Child child : children) {
        child.out().println("count");
        expired += Integer.parseInt(child.in().readLine());
      }
    } while (expired < MixedCacheProcess.SHORT_LIVED && System.nanoTime() < deadlineNanos);
    return expired;
  }

  private static CacheSummary summary(CacheFile file, String cacheName) {
    return file.caches().stream()
        .filter(cache -> cache.name().equals(cacheName))
        .findFirst()
        .orElseThrow();
  }

  private static void rewriteRows(Path file, AtomicBoolean ends) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      while (!ends.get()) {
        statement.executeUpdate("UPDATE entry_3 SET value = value WHERE row_id % 7 = 0");
        TimeUnit.MILLISECONDS.sleep(2);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long elsewhere(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : -1;
    }
  }
}
