package io.holdfast.jcache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a JVM that writes through the JCache API, again and again on the same file: whatever an
 * operation had returned from is there, and the operation under way is there for each of its keys or
 * is not.
 */
final class AcknowledgedWritesIT {
  private static final int KILLS = Integer.getInteger("holdfast.kills", 8);
  private static final String REMOVED = "removed";

  @TempDir
  Path directory;

  private final Map<String, String> acknowledged = new HashMap<>();
  private Map<String, String> underWay = Map.of();

  @Test
  void reopen_afterKills_findsEverythingAcknowledged() throws Exception {
    long seed = Long.getLong("holdfast.killSeed", System.nanoTime());
    Random random = new Random(seed);
    int operations = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      operations += writeUntilKilled(random);
      check("kill " + kill + ", seed " + seed);
    }
    assertThat(operations).isGreaterThan(KILLS * 10);
  }

  private int writeUntilKilled(Random random) throws Exception {
    Process child = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            CacheWritingProcess.class.getName(),
            directory.resolve("cache.db").toString(),
            String.valueOf(random.nextLong())))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    int killAfter = 10 + random.nextInt(400);
    int operations = 0;
    try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.equals(".")) {
          underWay = parse(line);
          continue;
        }
        acknowledged.putAll(underWay);
        underWay = Map.of();
        if (++operations == killAfter) {
          // By its handle, which leaves our end of the pipe open: what it still said is read.
          child.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(operations).isGreaterThanOrEqualTo(killAfter);
    return operations;
  }

  private static Map<String, String> parse(String line) {
    Map<String, String> writes = new HashMap<>();
    for (String write : line.strip().split(" ", -1)) {
      int equals = write.indexOf('=');
      if (equals > 0) { // a line cut by the kill announces nothing that was begun
        writes.put(write.substring(0, equals), write.substring(equals + 1));
      }
    }
    return writes;
  }

  private void check(String when) {
    try (var fixture = new ManagerFixture(directory)) {
      Cache<String, Integer> cache = CacheWritingProcess.open(fixture.manager());
      for (int i = 0; i < CacheWritingProcess.KEYS; i++) {
        String key = "key" + i;
        Integer value = cache.get(key);
        String found = value == null ? REMOVED : value.toString();
        String written = acknowledged.getOrDefault(key, REMOVED);
        assertThat(found).as(when + ", " + key).isIn(written, underWay.getOrDefault(key, written));
        acknowledged.put(key, found);
      }
    }
    underWay = Map.of();
  }
}
