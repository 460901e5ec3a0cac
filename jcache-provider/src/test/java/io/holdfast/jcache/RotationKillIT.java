package io.holdfast.jcache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.encryption.ValueKeys;
import io.holdfast.store.CacheFile;
import io.holdfast.store.ChildJvm;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that encrypts values anew is killed in the middle of it. Afterwards each value stands under one
 * key or the other, whole, and the rotation can be brought to its end.
 */
final class RotationKillIT {
  private static final int KILLS = Integer.getInteger("holdfast.kills", 3);

  @TempDir
  Path directory;

  @Test
  void renew_killedInTheMiddle_losesNoValue() throws Exception {
    Map<Integer, String> all = IntStream.range(0, RotatingProcess.ENTRIES)
        .boxed()
        .collect(Collectors.toMap(i -> i, RotatingProcess::value));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int mixed = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      killAfter(random.nextInt(400));
      mixed += keysAfterKill(all, "kill " + kill + ", seed " + seed) > 1 ? 1 : 0;
    }
    System.out.println(KILLS + " kills, " + mixed + " with rows under both keys");
    finishAndForgetTheOther(all);
  }

  private void killAfter(long millis) throws Exception {
    Process child = ChildJvm.start(
        RotatingProcess.class, directory.resolve("cache.db").toUri().toString());
    try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("begun");
      assertThat(child.waitFor(millis, TimeUnit.MILLISECONDS)).as("goes on").isFalse();
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private int keysAfterKill(Map<Integer, String> all, String when) {
    try (CacheFile file = CacheFile.openExisting(directory.resolve("cache.db"))) {
      assertThat(file.check()).as(when).isEmpty();
    }
    ValueKeys both = ValueKeys.of(RotatingProcess.ONE, RotatingProcess.OTHER);
    try (var fixture = new ManagerFixture(directory)) {
      Cache<Integer, String> cache =
          fixture.manager().createCache("numbers", RotatingProcess.configuration(both));
      assertThat(cache.getAll(all.keySet())).as(when).isEqualTo(all);
      return cache.unwrap(Encryption.class).rowsByKeyId().size();
    }
  }

  private void finishAndForgetTheOther(Map<Integer, String> all) {
    try (var fixture = new ManagerFixture(directory)) {
      Cache<Integer, String> cache = fixture
          .manager()
          .createCache(
              "numbers",
              RotatingProcess.configuration(
                  ValueKeys.of(RotatingProcess.ONE, RotatingProcess.OTHER)));
      assertThat(cache.unwrap(Encryption.class).renew().unreadable()).isZero();
      fixture.reopen();
      Cache<Integer, String> alone = fixture
          .manager()
          .createCache("numbers", RotatingProcess.configuration(ValueKeys.of(RotatingProcess.ONE)));
      assertThat(alone.getAll(all.keySet())).isEqualTo(all);
    }
  }
}
